"""Where people talk: platforms behind one port, their pure translations in files of their own."""
