// Nothing that is typed is lost. What stands in a form of the class "kept", or in a text of it, is held by this tab from the first
// key until the server has it: through a reload, a way back, a server that does not answer, a session that has ended.
import { say } from "./say.js";

const PLACE = "immunobot-kept ";
const who = document.querySelector(".who")?.dataset.who;
// The page holds what was sent, with what is wrong about it or what is known of it.
const holdsForm = document.getElementById("main")?.dataset.holdsForm !== undefined;

// The proof that a form is ours is another one after each sign-in, so it is not kept with the rest.
const isOurs = ([name, value]) => name !== "token" && typeof value === "string";
const pairsOf = place => place.matches("form") ? [...new FormData(place)].filter(isOurs) : [[place.id, place.value]];
// Each page of a new answer has another key, and says the same.
const asCompared = pairs => JSON.stringify(pairs.filter(([name]) => name !== "key"));
const same = (a, b) => asCompared(a) === asCompared(b);

function keyOf(place) {
  if (!place.matches("form")) return `${PLACE}${location.pathname} ${place.lang}`;
  return `${PLACE}${new URL(place.action).pathname} ${place.elements.group?.value ?? ""}`;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, held) {
  try {
    sessionStorage.setItem(key, JSON.stringify(held));
  } catch {
    // Too large for the browser: then it is as it is without scripts.
  }
}

const forget = key => sessionStorage.removeItem(key);
const keys = () => Object.keys(sessionStorage).filter(key => key.startsWith(PLACE));

function fill(place, pairs) {
  const all = place.matches("form") ? [...place.elements] : [place];
  for (const field of all) {
    const name = field.name || field.id;
    if (!isOurs([name, ""]) || field.type === "file" || field.type === "submit") continue;
    const values = pairs.filter(([other]) => other === name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length > 0) field.value = values[0];
    field.dispatchEvent(new Event("refilled", { bubbles: true }));
  }
}

const origins = new Map();   // what the server had in each place

function notice(place, text, choice, act) {
  const line = document.createElement("p");
  line.className = "hints kept-back";
  line.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small";
  button.textContent = choice;
  button.addEventListener("click", () => { act(); line.remove(); });
  line.append(`${text} `, button);
  place.before(line);
}

// What was typed comes back by itself where the page is as it was then, and by a button where that has changed since.
function bringBack(place, key, held, now) {
  if (same(held.was, now)) {
    fill(place, held.typed);
    notice(place, say("Ce que vous aviez écrit ici est revenu.", "What you had typed here is back."), say("L'oublier", "Forget it"), () => {
      fill(place, now);
      forget(key);
    });
  } else {
    notice(place, say("Vous aviez écrit quelque chose ici, et la page a changé depuis.", "You had typed something here, and the page has changed since."), say("Remettre mon texte", "Put my text back"), () => {
      fill(place, held.typed);
      write(key, held);
    });
  }
}

function keep(place) {
  const key = keyOf(place);
  const now = pairsOf(place);
  const held = read(key);
  origins.set(place, holdsForm && held ? held.was : now);
  if (held && !holdsForm && !same(held.typed, now)) bringBack(place, key, held, now);
  place.addEventListener("input", () => write(keyOf(place), { who, was: origins.get(place), typed: pairsOf(place) }));
}

// What was sent has arrived if a page follows that is no complaint, and not the same form once more.
function settle(here) {
  const done = new URLSearchParams(location.search).has("done");
  for (const key of keys()) {
    const held = read(key);
    if (!held || (who && held.who !== who)) forget(key);
    else if (held.sent && !holdsForm && who && (done || !here.has(key))) forget(key);
    else if (held.sent) write(key, { ...held, sent: false });
  }
}

// The server has all that stands in the form now.
export function hasArrived(form) {
  origins.set(form, pairsOf(form));
  forget(keyOf(form));
}

// The form goes elsewhere from now on, and what is held of it goes along.
export function moveTo(form, address) {
  const held = read(keyOf(form));
  forget(keyOf(form));
  form.action = address;
  if (held) write(keyOf(form), held);
}

// Nothing is sent into the void, where the browser would put a page of its own in place of the text.
let answering = null;
async function sendWhenAnswered(form, button) {
  const state = form.querySelector(".unsent") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "fault unsent" }));
  state.setAttribute("role", "status");
  try {
    await fetch("/healthz", { cache: "no-store" });
    state.remove();
    answering = form;
    form.requestSubmit(button);
    answering = null;
  } catch {
    state.textContent = say("Le serveur ne répond pas : rien n'est envoyé, votre texte reste ici. Nouvel essai dans un instant.", "The server does not answer: nothing is sent, your text stays here. Trying again in a moment.");
    setTimeout(sendWhenAnswered, 3000, form, button);
  }
}

function onSubmit(event) {
  const form = event.target;
  const path = new URL(form.action).pathname;
  if (path === "/console/sign-out") keys().forEach(forget);
  if (path.startsWith("/console/discard/") || path === "/console/message-empty") for (const place of origins.keys()) forget(keyOf(place));
  const markSent = key => write(key, { ...read(key), sent: true });
  if (form.classList.contains("again")) keys().filter(key => key.startsWith(`${PLACE}${path} `)).forEach(markSent);
  if (!origins.has(form)) return;
  if (answering !== form) {
    event.preventDefault();
    sendWhenAnswered(form, event.submitter);
  } else if (read(keyOf(form))) {
    markSent(keyOf(form));
  }
}

const places = [...document.querySelectorAll("form.kept, textarea.kept")];
settle(new Set(places.map(keyOf)));
places.forEach(keep);
document.addEventListener("submit", onSubmit);
