// The page: what the feed says, brought onto the page, and the boxes and buttons of a room.

import { STANCES, answer, box, face, h, parts, putAway, time } from "./page_cards.js";
import { act as actIn, isMe, stanceOn, stand, unstand, welcome } from "./page_window.js";

const HINTS = [
  ["/quote ", "what the readings say about a topic"],
  ["/counter ", "the best passage against a claim"],
  ["/gadfly help", "everything Gadfly can do"],
];
const ANSWERS = 3; // private cards kept open in one place
const FLEETING = 8000; // milliseconds that "On its way" stays

const $ = (id) => document.getElementById(id);
const unfolded = new Set();
let entries = new Map();
let rooms = [];
let room = "";
let meet = () => {};

async function act(what) {
  const { answer: card, erased } = await actIn(room, what);
  if (erased) forget();
  return card;
}

// What was erased leaves this window, too: stances, and private answers that tell of them.
function forget() {
  unstand();
  for (const told of document.querySelectorAll(".private, .standing")) told.replaceChildren();
  for (const element of document.querySelectorAll(".debate")) element.entry = null;
  render();
}

// Private answers

function line(text) {
  return { summary: text, parts: [{ part: "text", text }] };
}

function show(place, card, asked, thread) {
  if (!card) return null;
  const shown = answer(card, asked, (button) => push(place, thread, button).then(() => putAway(shown)));
  place.append(shown);
  while (place.children.length > ANSWERS) place.firstChild.remove();
  shown.scrollIntoView({ block: "nearest", behavior: "smooth" });
  return shown;
}

// A button that is not a stance. Its answer goes by itself if it is a line and no more.
async function push(place, thread, { action, value, label }) {
  try {
    const card = await act({ do: "press", thread, action, value });
    const shown = show(place, card, label, thread);
    if (card?.parts.length === 1 && card.parts[0].part === "text") setTimeout(() => putAway(shown), FLEETING);
  } catch (error) {
    show(place, line(error.message), label, thread);
  }
}

async function write(place, text, thread) {
  show(place, await act({ do: "write", text, thread }), text, thread);
}

// A debate: its card, where the member stands, its thread, and a box to write in

function debate(post) {
  const element = h("article", { class: "debate" });
  element.card = h("div", { class: "card" });
  element.standing = h("div", { class: "standing", role: "status" });
  element.fold = h("button", { type: "button", class: "fold", onclick: () => unfold(post.id) });
  element.thread = h("ol", { class: "thread", "aria-label": "Thread" });
  element.answers = h("div", { class: "private", role: "status" });
  element.append(element.card, element.standing, element.fold, element.thread, element.answers);
  if (isDebate(post)) {
    const send = (text) => write(element.answers, text, post.id);
    const placeholder = "Reply, or /quote, /counter";
    element.append(box({ label: "Reply", placeholder, button: "Reply", send }));
  }
  return element;
}

function unfold(id) {
  unfolded.add(id);
  render();
}

function fillDebate(element, post) {
  const open = isOpen(post);
  const mine = stanceOn(stanceValue(post));
  const close = () => press(element, post, { action: "close", value: post.key, label: "Close the debate" });
  const held = element.card.contains(document.activeElement) && document.activeElement;
  element.card.replaceChildren(
    h(
      "p",
      { class: "eyebrow" },
      h("span", { class: open ? "state open" : "state" }, open ? "Open debate" : title(post)),
      time(post.at),
      open ? h("button", { type: "button", class: "plain", onclick: close }, "Close the debate") : null,
    ),
    ...parts(post.card, { level: 2, mine, press: (button) => press(element, post, button) }),
  );
  if (!open) element.standing.replaceChildren();
  if (!held) return;
  const same = element.card.querySelector(`[data-focus="${CSS.escape(held.dataset.focus ?? "")}"]`);
  (same ?? element.querySelector(":scope > .box button"))?.focus({ preventScroll: true });
}

const isDebate = (post) => post.key.startsWith("prompt/");
const title = (post) => (isDebate(post) ? "Closed debate" : "Gadfly");
const allButtons = (post) => post.card.parts.flatMap((part) => part.buttons ?? []);
const isOpen = (post) => allButtons(post).some((button) => STANCES.includes(button.action));
const stanceValue = (post) => allButtons(post).find((b) => STANCES.includes(b.action))?.value;

function press(element, post, button) {
  if (STANCES.includes(button.action)) return take(element, post, button);
  return push(element.answers, post.id, button);
}

async function take(element, post, button, reason = null) {
  const { action: stance, value } = button;
  try {
    const card = await act({ do: "take", value, stance, reason });
    stand(value, stance);
    fillDebate(element, post);
    const more = reason ? null : reasoned(element, post, button);
    if (reason) element.querySelector("[aria-pressed=true]")?.focus();
    tell(element, card ?? line(`You are ${stance}.`), more);
  } catch (error) {
    tell(element, line(error.message), null);
  }
}

function tell(element, card, more) {
  element.standing.replaceChildren(h("div", { class: "card" }, ...parts(card, {})), more ?? "");
}

function reasoned(element, post, button) {
  const send = (text) => take(element, post, button, text.replaceAll("\n", " "));
  return box({ label: "Reason", placeholder: "Why? In one line", button: "Add", send });
}

// The thread

function fillItem(item, entry) {
  const held = item.contains(document.activeElement);
  item.className = entry.card ? "post" : "line";
  item.replaceChildren(...(entry.card ? posted(entry) : said(item, entry)));
  if (held) item.querySelector("button")?.focus(); // else the keyboard would begin at the top
}

function posted(entry) {
  const press = (button) => push($(`d${entry.thread}`).answers, entry.thread, button);
  return [
    h("p", { class: "eyebrow" }, h("span", { class: "state" }, "Gadfly"), time(entry.at)),
    h("div", { class: "card" }, ...parts(entry.card, { press })),
  ];
}

function said(item, entry) {
  const byline = h("p", { class: "byline" }, h("b", { dir: "auto" }, entry.member.name), time(entry.at));
  if (entry.edited) byline.append(h("span", { class: "edited" }, "edited"));
  if (isMe(entry.member)) byline.append(...tools(item, entry));
  return [face(entry.member), byline, h("p", { class: "words", dir: "auto" }, entry.text)];
}

function tools(item, entry) {
  const remove = h("button", { type: "button", class: "tool" }, "Delete");
  remove.addEventListener("blur", () => (remove.textContent = "Delete"));
  remove.addEventListener("click", () => {
    remove.focus();
    if (remove.textContent === "Delete") return (remove.textContent = "Delete for good?");
    return act({ do: "delete", message: entry.id }).catch((error) => (remove.textContent = error.message));
  });
  const edit = () => {
    const cancel = () => fillItem(item, entries.get(entry.id) ?? entry);
    const send = (text) => act({ do: "edit", message: entry.id, text });
    const form = box({ label: "Edit", text: entry.text, button: "Save", send, cancel });
    item.querySelector(".words").replaceWith(form);
    form.querySelector("textarea").focus();
  };
  return [h("button", { type: "button", class: "tool", onclick: edit }, "Edit"), remove];
}

// The feed: entries by id are the truth, and what is on the page is brought in line with them

function keyed(parent, wanted, prefix, make, fill) {
  const ids = new Set(wanted.map((entry) => prefix + entry.id));
  for (const child of [...parent.children]) if (!ids.has(child.id)) child.remove();
  wanted.forEach((entry, place) => {
    let element = document.getElementById(prefix + entry.id);
    if (!element) {
      element = make(entry);
      element.id = prefix + entry.id;
    }
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
    if (element.entry !== entry) fill(element, (element.entry = entry));
  });
}

function render() {
  const here = [...entries.values()].filter((entry) => entry.room === room);
  const posts = here.filter((entry) => !entry.thread).sort((a, b) => (a.id < b.id ? 1 : -1));
  keyed($("feed"), posts, "d", debate, fillDebate);
  const latest = posts.find((post) => title(post) !== "Gadfly" || isOpen(post));
  for (const post of posts) renderThread(post, here.filter((entry) => entry.thread === post.id), latest);
  $("empty").hidden = posts.length > 0;
}

function renderThread(post, thread, latest) {
  const element = document.getElementById(`d${post.id}`);
  const folded = post !== latest && !unfolded.has(post.id) && !isOpen(post);
  element.classList.toggle("folded", folded);
  element.fold.textContent = count(thread);
  keyed(element.thread, thread, "m", () => h("li"), fillItem);
}

function count(thread) {
  const replies = thread.filter((entry) => !entry.card).length;
  return `Show the thread · ${replies === 1 ? "1 reply" : `${replies} replies`}`;
}

function renderRooms() {
  const link = (name) =>
    h("a", { href: hash(name), "aria-current": name === room ? "page" : null }, `# ${short(name)}`);
  $("rooms").replaceChildren(...rooms.map(link));
  $("rooms").hidden = rooms.length < 2;
  $("room").textContent = short(room);
  document.title = room ? `${short(room)} · Gadfly` : "Gadfly";
}

const short = (name) => name.slice(name.indexOf(":") + 1);
const hash = (name) => `#${encodeURIComponent(short(name))}`;

function enter() {
  const stay = rooms.includes(room) ? room : (rooms[0] ?? "");
  room = rooms.find((name) => hash(name) === location.hash) ?? stay;
  renderRooms();
  render();
}

// The message that a quotation was cut from, unfolded if need be.
function reveal(line) {
  if (line) unfold(line.closest(".debate").id.slice(1));
  line?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function learn(news) {
  const before = entries;
  if (news.first) entries = new Map();
  for (const entry of news.entries) {
    // The same thing told again after a break stays what it is, and so does its place on the page.
    const old = before.get(entry.id);
    entries.set(entry.id, JSON.stringify(old) === JSON.stringify(entry) ? old : entry);
  }
  for (const id of news.gone) entries.delete(id);
  if (news.first) {
    rooms = news.rooms;
    meet();
    return enter();
  }
  const last = news.entries.at(-1);
  if (last && last.room === room) $("news").textContent = `${last.member?.name ?? "Gadfly"} wrote.`;
  return render();
}

function listen() {
  const source = new EventSource("/feed");
  source.onopen = () => ($("offline").hidden = true);
  source.onmessage = (event) => learn(JSON.parse(event.data));
  source.onerror = () => {
    $("offline").hidden = false;
    source.close();
    setTimeout(listen, 1500);
  };
}

function renamed() {
  for (const element of document.querySelectorAll(".thread > li")) element.entry = null;
  render();
}

function start() {
  const answers = h("div", { class: "private", role: "status" });
  const send = (text) => write(answers, text, null);
  const form = box({ label: "Ask Gadfly", placeholder: "Ask: /quote security", button: "Ask", send });
  const hint = ([command, what]) => {
    const use = () => {
      form.firstChild.value = command;
      form.firstChild.focus();
    };
    return h("button", { type: "button", class: "hint", title: what, onclick: use }, command.trim());
  };
  $("ask").append(form, h("p", { class: "hints" }, ...HINTS.map(hint)), answers);
  const next = { action: "next", value: "", label: "Next prompt" };
  $("next").addEventListener("click", () => push(answers, null, next));
  const names = () => new Set([...entries.values()].map((entry) => entry.member?.name));
  meet = welcome($("hello"), $("me"), names, renamed);
  addEventListener("hashchange", () => {
    if (/^#m\d+$/.test(location.hash)) return reveal($(location.hash.slice(1)));
    answers.replaceChildren();
    enter();
  });
  listen();
}

start();
