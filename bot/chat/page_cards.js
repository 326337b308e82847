// What is said, as elements. Every text goes in as a text node; nothing here reads HTML.

export const STANCES = ["for", "against", "torn"];

const MESSAGE = /^\d+$/; // a line on this page; the reason of a stance is none

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

// The parts of a card. `press(button)` is called for its buttons; `mine` is the stance that this
// window took, to mark it; `level` is the rank of the card's headings.
export function parts(card, { press, mine, level = 3 }) {
  const elements = [];
  let quotes = null;
  card.parts.forEach((part, place) => {
    if (part.part !== "quotation") quotes = null;
    else if (!quotes) elements.push((quotes = h("div", { class: "quotes" })));
    if (quotes) quotes.append(quotation(part));
    else elements.push(other(part, card.parts[place + 1], { press, mine, level }));
  });
  for (const group of elements) {
    const labelled = group.querySelectorAll?.(":scope > .claim, :scope > .counter").length;
    if (group.className === "quotes" && labelled === 2) group.classList.add("pair");
  }
  return elements;
}

function other(part, next, options) {
  switch (part.part) {
    case "heading":
      return h(`h${options.level}`, { class: "heading", dir: "auto" }, part.text);
    case "text":
      // A line that only introduces the quotation below it.
      return h("p", { class: next?.part === "quotation" ? "lead" : "text", dir: "auto" }, part.text);
    case "link":
      return h("p", { class: "text" }, h("a", { href: part.url }, part.text));
    case "bars":
      return bars(part.rows);
    case "picture":
      return h("img", { class: "picture", alt: part.alt, src: `data:image/png;base64,${part.png}` });
    case "buttons":
      return buttons(part.buttons, options);
    default:
      return h("p", { class: "note", dir: "auto" }, part.text);
  }
}

function quotation(part) {
  const label = part.label.toLowerCase();
  const side = ["claim", "counter"].find((word) => label.startsWith(word));
  const ours = part.source.kind === "reply" && MESSAGE.test(part.source.key) && part.source.key;
  return h(
    "figure",
    { class: side },
    part.label ? h("p", { class: "label" }, part.label) : null,
    h("blockquote", { dir: "auto" }, part.text),
    h("figcaption", { dir: "auto" }, ours ? h("a", { href: `#m${ours}` }, part.citation) : part.citation),
  );
}

function bars(rows) {
  const total = Math.max(1, rows.reduce((sum, [, count]) => sum + count, 0));
  return h("dl", { class: "bars" }, ...rows.map(([label, count]) => bar(label, count, total)));
}

function bar(label, count, total) {
  const side = STANCES.find((stance) => stance === label.toLowerCase());
  const track = h("span", { class: "track" });
  track.style.setProperty("--share", count / total);
  return h("div", { class: side }, h("dt", {}, label), h("dd", {}, track, h("b", {}, String(count))));
}

function buttons(all, { press, mine }) {
  const button = (one) =>
    h(
      "button",
      {
        type: "button",
        class: STANCES.includes(one.action) ? `stance ${one.action}` : "plain",
        "aria-pressed": STANCES.includes(one.action) ? String(one.action === mine) : null,
        "data-focus": `${one.action}/${one.value}`,
        onclick: (event) => press(one, event.currentTarget),
      },
      one.label,
    );
  return h("div", { class: "buttons" }, ...all.map(button));
}

// A round face with the first letter, in a colour of the member's own.
export function face(member) {
  const element = h("span", { class: "face", "aria-hidden": "true" }, [...member.name][0] ?? "?");
  let hue = 0;
  for (const letter of member.id) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  element.style.setProperty("--hue", hue);
  return element;
}

export function time(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const clock = { hour: "2-digit", minute: "2-digit" };
  const day = today ? {} : { weekday: "short", day: "numeric", month: "short" };
  return h("time", { datetime: iso }, at.toLocaleString([], { ...day, ...clock }));
}

// A card for this window alone, with a way to put it away.
export function answer(card, asked, press) {
  const close = h("button", { type: "button", class: "close", "aria-label": "Dismiss" }, "×");
  const shown = h(
    "aside",
    { class: "answer" },
    h("p", { class: "eyebrow" }, asked ? `Only you see this · ${asked}` : "Only you see this"),
    close,
    h("div", { class: "card" }, ...parts(card, { press: (one) => press(one, shown) })),
  );
  close.addEventListener("click", () => putAway(shown));
  return shown;
}

// Takes an answer off the page. Who was in it goes on beside it, not at the top of the page.
export function putAway(shown) {
  const held = shown.contains(document.activeElement);
  const beside = shown.nextElementSibling ?? shown.previousElementSibling;
  const next = beside?.querySelector(".close") ?? shown.closest(".debate, .ask")?.querySelector(":scope > .box button");
  shown.remove();
  if (held) next?.focus({ preventScroll: true });
}

// A box to write in: Enter sends, Shift and Enter begins a line. `send` may throw, and then the
// text stays and the reason stands below it.
export function box({ label, placeholder, text = "", button, send, cancel }) {
  const area = h("textarea", { rows: "1", maxlength: "4000", placeholder, "aria-label": label });
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true });
  const submit = h("button", { class: "strong" }, button);
  const form = h("form", { class: "box" }, area, submit);
  if (cancel) form.append(h("button", { type: "button", class: "plain", onclick: cancel }, "Cancel"));
  form.append(wrong);
  area.value = text;
  if (!CSS.supports("field-sizing", "content")) area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && cancel) cancel();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!area.value.trim() || submit.disabled) return;
    submit.disabled = true;
    wrong.hidden = await send(area.value.trim()).then(() => !(area.value = ""), (error) => {
      wrong.textContent = error.message;
      return false;
    });
    submit.disabled = false;
  });
  return form;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
