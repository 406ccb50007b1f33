// Puts a fact into an answer: looked for by its words, written as its id in double braces (knowledge/fragments.hpp says what that is).
import { write } from "./marks.js";
import { say } from "./say.js";

const MOST = 6;
const IS_FACT = /^[a-z0-9-]+\.[a-z0-9_]+\.\d+$/;

// What the search of the desk finds, facts alone.
async function find(words) {
  const answer = await fetch(`/console?part=1&q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll(".rows .row")].map(row => ({
    id: decodeURIComponent(new URL(row.querySelector("h2 a, h3 a").getAttribute("href"), location.href).pathname.split("/").pop()),
    text: row.querySelector(".text").textContent
  })).filter(one => IS_FACT.test(one.id)).slice(0, MOST);
}

function make(tag, attributes = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside);
  return node;
}

export function addFactButton(area, bar) {
  const id = `${area.id}-facts`;
  const button = make("button", { type: "button", class: "quiet small", "aria-expanded": "false", "aria-controls": id }, say("Texte d’un fait", "Text of a fact"));
  const input = make("input", { type: "search", id: `${id}-words`, autocomplete: "off" });
  const found = make("ul", { class: "links" });
  const told = make("p", { class: "meta", role: "status" });
  const box = make("div", { class: "fact-search", id, hidden: "" }, make("label", { for: input.id }, say("Chercher un fait à insérer", "Find a fact to insert")), input, told, found);
  let waiting = 0;
  let asked = 0;

  function choose(one) {
    box.hidden = true;
    button.setAttribute("aria-expanded", "false");
    const text = `{{${one.id}}}`;
    write(area, area.selectionStart, area.selectionEnd, text, text.length, text.length);
  }

  async function look() {
    const number = ++asked;
    const facts = input.value.trim() ? await find(input.value).catch(() => []) : [];
    if (number !== asked) return;
    found.replaceChildren(...facts.map(one => {
      const take = make("button", { type: "button", class: "bare" }, `${one.id} : ${one.text}`);
      take.addEventListener("click", () => choose(one));
      return make("li", {}, take);
    }));
    told.textContent = input.value.trim() && facts.length === 0 ? say("Aucun fait trouvé.", "No fact found.") : "";
  }

  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) input.focus();
  });
  // Nothing of it is part of the form.
  box.addEventListener("input", event => {
    event.stopPropagation();
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  box.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      look();
    } else if (event.key === "Escape") {
      box.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }
  });
  bar.append(button);
  area.closest(".entry").after(box);
}
