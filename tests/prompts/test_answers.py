"""How columns answer views: what turns them down, where the answer stands, how far it goes."""

import pytest

from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Voice
from prompts.pairs import shown

FILLER = "\n\nThe council meets on Mondays.\n\nStreets are swept by hand.\n\nNothing else is known."
THESIS = "Cities should plant trees.\n\n"


def pairs(text: str) -> list[tuple[str, str]]:
    """What is asserted in a text, between a thesis and some facts: views and their answers."""
    found = analyse(reading(f"{THESIS}{text}{FILLER}")).counterpoints
    return [(p.passage.text, p.against.text) for p in found if p.score >= 0.5]


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("One of the claims is that trees break pipes.", "Research refutes this charge."),
        ("Complaint One is that trees are dear.", "So what? Everything that lasts is dear."),
        ("Critics claim that trees are dear.", "This is wrong. A tree costs less than a bench."),
        ("Residents fear that leaves block the drains.", "To this I say that drains are swept."),
        ("Isn't shade a luxury?", "Hardly. The old cannot do without it in July."),
        ("Does a tree cost much?", "No. A bench costs more."),
        ("Shade is a noble aim,", "but a clock can serve more people."),
        ("Trees break the pipes.", "Nonsense. Roots follow water."),
        ("You'd think that trees are dear.", "In fact, they come free of charge every spring."),
        ("Proponents say a clock saves time.", "The problem is that nobody ever looks up at it."),
        ("A clock is presented as a cure for delay.", "But it has cured nobody in forty years."),
        ("One solution would be a clock.", "But a clock throws no shade on anyone at all."),
        ("A clock may remain a hope for the vain,", "but it should not stand in our way."),
        ("As Ann Low notes, many argue that trees are dear,", "but the proof of it is thin."),
        ("I have heard some people claim that trees fall,", "but it is clocks that stop."),
        ('"They break pipes", we are told.', "In reality, roots follow water."),
        ("While I understand the love of clocks,", "trees are what a hot street lacks."),
        ("It's not that trees are cheap,", "but that a bare street is dearer still."),
        ("Superficially, the argument makes sense.", "But trees cost nothing."),
        ("Critics claim that trees are harmful.", "That's laughable. A tree has harmed nobody."),
        ("Although they say that trees are cheap and, with time, grow,", "the city pays."),
        ("Although trees trip walkers - old, weak, or late -", "that has not been seen for years."),
        ("The administration argues that trees are dear.", "But they cost less than a bench."),
        ("I used to think that trees were dear.", "But they cost less than a bench."),
        ("There is a fear that trees break pipes.", "But roots follow water in the ground."),
        ("Supporters tout clocks as a cure for delay.", "But nobody ever looks up at them."),
        ("There were protests from shops saying that trees repel.", "The exact opposite happened."),
        ("The main argument for clocks is that they save time.", "That's the theory. Few look up."),
        (
            "I'm a great fan of the old clock in our square.",
            "But a hot street needs shade, not the time.",
        ),
        ("To many, it is proof that trees are dear.", "This claim is a fallacy, as bills go."),
        ("Republicans are fond of claiming that trees rot.", "Even a walk can disprove this."),
        ("Critics claim that trees are dear and fall.", "Neither is true of any street in town."),
        ("3) Trees are to blame for damp.", "Fact: Damp rises where no tree has ever stood."),
        (
            "One of the excuses that people use is that trees rot.",
            "The only problem is that few do.",
        ),
        ("For years it was widely predicted that trees would fall.", "In fact, none of them has."),
        (
            "He thinks it is a bad idea to plant trees.",
            "This is backwards. Shade is what streets lack.",
        ),
        ("Opponents of trees say that leaves block drains.", "That misses the point of sweeping."),
        ("Those in favor of clocks contend that they save time.", "But nobody looks up at them."),
        ("Will this lead to the end of parking?", "Obviously not. Cars will stand in the shade."),
        ("They hope that heat will just go away.", "But there is a flaw in this assumption."),
        ("We're mindful of the love of clocks.", "But what a hot street lacks is shade."),
        (
            "Critics say that trees are dear.",
            "But what is more harmful, a tree or a street without?",
        ),
        ("Despite all the warnings of blocked drains,", "the drains have never been cleaner."),
        ("Some will object that a bush is no tree.", "In every way that counts in July it is."),
        ("The first editorial claims that trees rot.", "This might be so if nobody pruned them."),
        ("It must be said that trees cost a good deal.", "Yet the shade that they give is free."),
        ("We're not going to pretend that trees are cheap.", "But they outlast any bench."),
        ("Let's stipulate that a clock does no harm.", "But nobody looks up at it any more."),
        ("Trees along a street aren't free,", "but they are most definitely needed."),
        ("Clocks are up for debate,", "but a street without trees is plainly too hot."),
        ("In many ways the town has been a leader,", "but in its trees it is a clear laggard."),
        ("The chief rationale for clocks was that they save time.", "Yet nobody looks up at them."),
        ("The clock trade claims to save us time.", "But nobody looks up at its wares."),
        ("Shops entertain the idea that trees hide them,", "but these claims are far from true."),
        ("The column laments that trees are dear.", "It is time to count what a bench costs."),
        ("Are all of these trees old?", "No. But each of them gives shade to a bench."),
        ("So-called experts will say that trees fall.", "But clocks have fallen twice this year."),
        ("The author touts that clocks save time.", "But he neglects to say whose time it is."),
        ("You are right that trees are dear to buy,", "but that's not why people plant them."),
        ("Is it because you fear the leaves of the oak?", "Well, here's the thing: they fall."),
        ("They claim there is no shade,", "yet there is a tree on every corner."),
        ("Another argument we have heard to death is that trees rot.", "But few of them do."),
        ("It is said that the church forbids it.", "No church does. It asks for an oak."),
        ("A letter to the editor decried the trees.", "Sadly, one need not imagine a bare street."),
        ("The writer claimed that clocks save time.", "However, nobody looks up at them."),
        ("Shade is free.", "Well, not really. Somebody has to plant the tree."),
        ("There are no easy answers to those who fear leaves.", "But dust is as bad."),
        ("Monarchists, on the other hand, say that trees rot.", "Both arguments are unconvincing."),
        ("What about the needy?", "A survey found that they like shade most of all."),
        ("The counter arguments include the price and the leaves,", "but these are solvable."),
        ("If you think that trees are for show, think again.", "They cool the street in July."),
        ("I hear them say that trees are dear.", "However, a bench costs more than a tree."),
        ("The case towns make for a clock is that it saves time.", "In fact, it is always late."),
        ("A clock could also be seen as a gift,", "but nobody should have to wind it."),
        ("The column argues that trees fall,", "but it ignores how seldom they do."),
        ("Another reader tries to tell us that trees are dear.", "Yet a bench costs more to keep."),
        ("Next came the claim that trees break pipes.", "That one was derailed by the plumbers."),
        ("The mayor would like us to believe that clocks help.", "But nobody looks up at them."),
        ("Trees are the purest form of waste.", "Yeah, right. A bench costs more than a tree."),
        ("A clock may have some value.", "Clocks without hands, however, are of no use."),
        ("The benefits of a clock are real.", "But a clock does not cool the street."),
        ("I do not have anything against clocks,", "but this street lacks shade in July."),
        ("We agree that trees are dear to buy,", "but to stop at that misses the point."),
        ("I'm not crazy about the old clock,", "but taking it down costs more than it is worth."),
        ("Opponents met in May. They point out that trees fall.", "But no tree has fallen here."),
        ("Although these trees have fallen now and then,", "they have never hurt anybody at all."),
        ("On one hand, a clock tells the time.", "On the other hand, it throws no shade."),
        ("A clock may sound like a good buy.\n\n", "But it has been a dear one for this town."),
        ("There are still hurdles in the way,", "but the council should not wait any longer."),
        ("Those trees are a good gift.", "But their place in the square is a bad one."),
        ("Hence, some people believe that trees should go.", "However, they cool the street."),
        ("While not having to pay would be nice,", "the town has no other means for it."),
        ("A clock does have some charm to it.", "What many in town fail to see is its price."),
        ("In those days, some critics said that trees fall.", "The truth is that none has."),
        ("Others trot out the claim that trees fall.", "But none has fallen in this town yet."),
        ("School boards feel that a clock helps.", "I am against what these boards believe."),
        (
            "The idea that we need a clock to be on time",
            "is just silly, since we have had bells for years.",
        ),
        ("The writer says that trees are dear.", "But benches are not cheap to keep in order."),
        ("Loud or misled people can argue that trees fall,", "but the proof is in the streets."),
        ("Many people believe that trees break pipes.", "However, scientists say that few do."),
        ("While I agree that trees fall, agree that they rot,", "I object to a bare street."),
        ("We're not saying that clocks are bad.", "However, the mayor makes too much of them."),
        ("Word goes round that trees fall on people.", "This is not true. None has in years."),
        (
            "There are many rumours that trees break pipes.",
            "However, this is not true. Roots follow water.",
        ),
        ("They call a clock the gateway to order.", "Not true. A clock only tells the time."),
        ("I support steps to tell the time.", "However, a clock is a problem for the blind."),
        ("While some towns report good times,", "this does not come of their clocks."),
        (
            "While its friends argue that a clock helps,",
            "none of them has mentioned the mess it makes.",
        ),
        (
            "Although there are new trees, such as oak, ash, and lime,",
            "the problem is that each has roots.",
        ),
        ("Some have called for a clock.", "However, as Ann Low said, “it is seldom on time here.”"),
    ],
)
def test_a_view_is_shown_with_the_answer_that_says_why(view: str, answer: str) -> None:
    told = view.removeprefix("Opponents met in May. ").strip()
    assert (told, answer) in pairs(f"{view} {answer}")


@pytest.mark.parametrize(
    ("view", "verdict"),
    [
        ("The idea that trees break pipes", "is indefensible, since roots follow water."),
        ("Fears that trees break pipes", "rest on a myth about roots that nobody has ever seen."),
        ("Far from being a waste of money", "trees pay for themselves."),
        ("Contrary to the claim that trees break pipes", "roots follow water."),
        ("The claim that trees are wrong for us", "is nonsense, as every street in Lyon shows."),
        ("Their view that all trees are dangerous", "is delusional and carries no weight at all."),
        ("The notion that old trees are dangerous", "is wrong. Old trees fall less often."),
        ("the idea that a clock can bring shoppers", "is such a joke that the mayor must laugh."),
    ],
)
def test_what_a_sentence_turns_down_itself_is_a_view_and_never_quoted_whole(
    view: str, verdict: str
) -> None:
    lead = "To put it plainly, " if view[0].islower() else ""
    text = f"{lead}{view}{',' * view.startswith(('Far', 'Contrary'))} {verdict}"
    assert pairs(text) == [(view, verdict)]
    found = analyse(reading(f"{THESIS}{text}{FILLER}"))
    assert [p.voice for p in found.counterpoints] == [Voice.REJECTED]
    assert shown(found) == ()


def test_what_opponents_do_not_acknowledge_answers_the_complaint_above() -> None:
    view = "The standard complaint is that trees are dear."
    found = pairs(f"{view}\n\nWhat the critics don't acknowledge is that a bench costs more.")
    assert [passage for passage, _ in found] == [view]


def test_what_the_author_has_answered_is_the_author_s_again() -> None:
    own = "The shade that they give is needed in July."
    view = "To many, it is proof that trees are dear."
    turn = "However, I do not want to sound as though I think trees perfect."
    found = pairs(f"{view} This claim is a fallacy. {own}\n\n{turn}")
    assert own not in [passage for passage, _ in found]


def test_an_answer_after_something_granted_answers_the_critics_too() -> None:
    view, granted = "Critics say that trees fall.", "It is true that old trees fall."
    found = pairs(f"{view} {granted} But nobody plants old trees.")
    assert [passage for passage, _ in found] == [granted, view]


def test_what_somebody_says_of_literal_words_answers_them_across_a_paragraph() -> None:
    view = "As the mayor put it on Monday, “Without a clock, nobody in this town would be on time.”"
    (pair,) = pairs(f"{view}\n\nBut the mayor’s line misrepresents how the town wakes up.")
    assert pair[0] == view


def test_their_argument_is_turned_down_and_not_told_on() -> None:
    view = "Advocates of clocks contend that trees are dear."
    assert [passage for passage, _ in pairs(f"{view} Their argument proves too much.")] == [view]


def test_what_critics_reply_to_a_concession_answers_nothing() -> None:
    assert pairs("Sure, they say, it is warm. But despite that, they argue that trees die.") == []


def test_an_author_who_takes_up_a_view_after_a_concession_does_not_answer_it() -> None:
    view = "Some people think it desirable that towns plant flowering shrubs early."
    shared = "Although it costs time, I feel it is better to plant flowering shrubs early."
    assert view not in [passage for passage, _ in pairs(f"{view} {shared}")]


def test_the_sentence_that_says_what_critics_hold_is_the_view() -> None:
    view = "They say that trees break pipes."
    found = pairs(f"Opponents of trees have a whole battery of them. {view} Yet pipes break alone.")
    assert [passage for passage, _ in found] == [view]


def test_a_contrast_that_opens_a_paragraph_answers_what_the_one_before_it_grants() -> None:
    view = "In theory, a clock saves time."
    found = pairs(f"{view} People look up and hurry.\n\nBut that's not the real world. It is late.")
    assert [passage for passage, _ in found] == [view]


@pytest.mark.parametrize(
    "text",
    [
        "The notion that trees are costly is deeply flawed.",
        "Nearly 60 percent of voters say that trees are dear. But the mayor is silent.",
        "This is a rule which may please some. But nobody reads it.",
        "What will it cost? Perhaps a hundred a year. But shade is worth that.",
        "Gardeners are appalled by clocks. “Far from being of use, they stop,” Ann Low wrote.",
        "Critics are appalled by clocks. “But they stop,” Ann Low wrote in May.",
        "We may not be aware of the old trees. But they are many.",
        "Would I then support a clock? Never.\n\nClocks are a bore.",
        "The answer may be found in one word. But words are cheap in our town.",
        "If the mayor were a tree, we would obviously water him. But the mayor is a man.",
        "Despite the walls that our fathers have built, the trees grow on.",
        "Although we know that shade is good, vested interests have prevented most of it.",
        "One has to wonder about the trees. Yet nobody was told of them.",
        "And while we're at it, let us do without the clock in future.",
        "Although a clock is a good idea, there are some downsides to it.",
        "Rather than being mended over the years, the clocks have continued to stop.",
        "Surely everyone has wondered about the clock, but maybe it will go now.",
        "Some quick math tells us that trees are dear. But few can count.",
        "Far from the noise of the town, we planted an oak.",
        "The town is a poor one. No, it is the poorest in the whole of the land.",
        "A clock makes each of us a slave to the bell. And that's ridiculous.",
        "Is a clock of use to anyone? This is not true of us.",
        "What about benches? OK, that is one. What about bins? Another one. We have them.",
        "Clocks are dear. There are people who died of cold. But there is still a lot to do.",
        "The book is poor, and many of the points in it are weak, but to call it mad is unkind.",
        "Trees are a good thing. But some are pushing the narrative that they are bad.",
        "“I believe it is right,” said Ann Low, “but everyone must choose.”",
        "Though the shops of the old town have moved, the bank stays where it stood.",
        "Though it is sad, it is the truth about the clock in our square.",
        "Readers should not fear that trees fall. But they may.",
        "Instead of doing their work at the clock, they sit and feel no need to look up.",
        "Critics say that trees fall. There are now rules without which nobody plants.",
        "It is cheap. On the other hand, it is late.",
        "In every town there are clocks. But it is believed that they should go.",
        "There is a clock in the square of the old town. But let's be honest: it must go.",
        "What about buses? The mayor thinks that buses are good and wants more of them.",
        "It is bad enough that trees are few, but it is worse that nobody waters them.",
        "Instead of being used to mend the road, the money is being used to paint it.",
        "Of course trees are planted: most of us like them. In fact, we like them more and more.",
        "Rather than plant the trees we asked for, she has shown us a clock.",
        "Of course trees are dear. And there is no proof that trees are bad for the pipes.",
        "Wolves are bold. They might think it is a dog. I think that this is a danger to us.",
        "Most experts have concluded that trees will cost less, but will not fall.",
        "Ann Low says it is a bad deal, not a bargain, but a mistake that we will rue.",
        "Despite years of rain on both banks, the trees have remained as they were.",
        "Although you'd be silly to want a palm, there are plenty who say that we need one.",
    ],
)
def test_what_nobody_opposes_or_nothing_answers_is_not_asserted(text: str) -> None:
    assert pairs(text) == []


def test_a_contrast_that_turns_on_the_sentence_before_it_answers_no_view_above() -> None:
    text = (
        "The mayor maintains that the clock saves time. The figures for it begin in a dry year. "
        "Surgeons want a clock in every square. But surgeons never meet those who die of heat."
    )
    assert [view for view, answer in pairs(text) if answer.startswith("But surgeons")] == []


def test_a_remark_on_the_view_does_not_keep_it_from_its_answer() -> None:
    view = "Critics say that without a clock the square falls silent."
    answer = "However, a picture is a reason to look, and those who look find it full."
    assert (view, answer) in pairs(f"{view} It is a vivid picture, and I have seen it. {answer}")


def test_what_is_said_of_the_matter_and_not_by_those_who_hold_a_view_is_the_author_s() -> None:
    text = "Some neighbors say that trees are few. They line every street of the town."
    views = [view for view, _ in pairs(f"{text} But a tree is worth more than a clock.")]
    assert not any(view.startswith("They line") for view in views)
