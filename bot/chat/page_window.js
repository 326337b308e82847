// Who sits at this window, and what they ask of Gadfly.

import { face, h } from "./page_cards.js";

const NAMES = ["Hypatia", "Diotima", "Protagoras", "Aspasia", "Zeno", "Theano", "Gorgias", "Arete"];

const kept = (name) => JSON.parse(sessionStorage.getItem(name));
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

let me = kept("me");
const stances = kept("stances") ?? {};

export const isMe = (member) => member.id === `page:${me?.id}`;
export const stanceOn = (value) => stances[value];

export function stand(value, stance) {
  stances[value] = stance;
  keep("stances", stances);
}

export function unstand() {
  for (const value of Object.keys(stances)) delete stances[value];
  keep("stances", stances);
}

// Sends what the member does in `room`; returns the answer's card or null, and whether all that is
// theirs was erased. Throws with one line for the person.
export async function act(room, what) {
  const request = { method: "POST", headers: { "Content-Type": "application/json" } };
  const body = JSON.stringify({ member: me, room, ...what });
  const response = await fetch("/act", { ...request, body }).catch(() => {
    throw new Error("No connection to Gadfly. Is it running?");
  });
  const said = await response.json().catch(() => ({}));
  if (response.ok) return said;
  throw new Error(said.wrong ?? "Gadfly had a problem with that; its log says more.");
}

// Wires the dialog; `taken()` gives the names in use, `changed()` hears of a new name. Returns a
// function that asks whoever has no name yet.
export function welcome(dialog, badge, taken, changed) {
  const input = dialog.querySelector("input");
  const greet = () => {
    const seen = face({ ...me, id: `page:${me.id}` });
    badge.replaceChildren(seen, h("span", { dir: "auto" }, me.name));
  };
  const ask = () => {
    input.value = me?.name ?? suggestion(taken());
    dialog.showModal();
    input.select();
  };
  const named = () => {
    me = { id: me?.id ?? ident(), name: input.value.trim() || suggestion(taken()) };
    keep("me", me);
    greet();
    changed();
  };
  dialog.addEventListener("cancel", () => me && (input.value = me.name));
  dialog.addEventListener("close", named);
  badge.addEventListener("click", ask);
  if (me) greet();
  return () => me || dialog.open || ask();
}

function suggestion(taken) {
  const free = NAMES.filter((name) => !taken.has(name));
  return free[Math.floor(Math.random() * free.length)] ?? `Guest ${taken.size + 1}`;
}

function ident() {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join("");
}
