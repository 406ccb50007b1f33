// Speed for the console; everything works without. Search while typing, keys, copying, drafts that save themselves.
import { addFactButton } from "./facts.js";
import { hasArrived, moveTo } from "./keeping.js";
import { addButtons, plain } from "./marks.js";
import "./reveal.js";
import { rich } from "./rich.js";
import { french, say, tell } from "./say.js";

document.documentElement.classList.add("scripted");

const box = document.getElementById("q");
const results = document.getElementById("results");
const keysOff = "immunobot-keys-off";

// Copying

// `html`: how mail programs show it, where the text alone does not say it.
async function copy(text, html = rich(text)) {
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" })
    })]);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  tell(french ? "Copié" : "Copied");
}

function copyRow(row, which) {
  const button = row?.querySelector(`[data-copy="${which}"]`);
  if (button) copyOf(button);
}

// The source stands below the text, if that is wished.
const withSource = "immunobot-with-source";

function sourceOf(button) {
  const row = button.closest(".row");
  if (localStorage.getItem(withSource) === null || !row) return "";
  return button.dataset.copy === "en" ? row.dataset.sourceEn : row.dataset.sourceFr;
}

function copyOf(button) {
  count(button.closest(".row"));
  const { copy: which, text, rich: html } = button.dataset;
  if (which === "link") return copy(new URL(text, location.href).href);
  const source = sourceOf(button);
  const whole = source ? `${text}\n${source}` : text;
  return html ? copy(whole, html + (source ? rich(source) : "")) : copy(whole);
}

// That it was copied is counted; whether that works matters to nobody who is answering.
function count(row) {
  const form = row?.querySelector('form[data-kind="add"]');
  if (form) fetch(form.action.replace("/add/", "/copied/"), { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "manual" }).catch(() => {});
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-copy], [data-copies]");
  if (button?.dataset.copies) copy(document.getElementById(button.dataset.copies).value);
  else if (button) copyOf(button);
});

const sourceBox = document.getElementById("with-source");
if (sourceBox) {
  sourceBox.checked = localStorage.getItem(withSource) !== null;
  sourceBox.addEventListener("change", () => {
    if (sourceBox.checked) localStorage.setItem(withSource, "1");
    else localStorage.removeItem(withSource);
  });
}

// Pinning and collecting, without leaving the page

const told = {
  add: () => french ? "Ajoutée au message" : "Added to the message",
  pin: on => on ? (french ? "Épinglée" : "Pinned") : (french ? "N'est plus épinglée" : "No longer pinned")
};

async function sendSoftly(form) {
  const on = form.elements.on?.value === "1";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok) {
      return tell(answer.status === 409 ? (french ? "Il y en a trop : retirez-en une d'abord." : "There are too many: take one out first.") : (french ? "Cela n'a pas fonctionné." : "This did not work."));
    }
    if (form.elements.on) {
      form.elements.on.value = on ? "0" : "1";
      form.querySelector("button").setAttribute("aria-pressed", String(on));
    }
    tell(told[form.dataset.kind](on));
  } catch {
    tell(french ? "Le serveur ne répond pas." : "The server does not answer.");
  }
}

document.addEventListener("submit", event => {
  if (!event.target.classList?.contains("soft")) return;
  event.preventDefault();
  sendSoftly(event.target);
});

// The mail program gets the text as it was changed

const mail = document.getElementById("mail");
const message = document.getElementById("message");
if (mail && message) {
  const follow = () => { mail.href = `mailto:?body=${encodeURIComponent(message.value)}`; };
  for (const change of ["input", "refilled"]) message.addEventListener(change, follow);
  follow();
}

// Rows that are marked for something to be done to all of them

const marked = document.getElementById("marked");
function countMarked() {
  const number = document.querySelectorAll(".bulk .select input:checked").length;
  marked.textContent = number === 0 ? marked.dataset.none : marked.dataset.some.replace("{count}", number);
}
if (marked) {
  document.addEventListener("change", event => { if (event.target.closest(".select")) countMarked(); });
  countMarked();
}

// What was just done is taken back with the button or a key: for ten seconds, or as long as somebody is at the button

const undo = document.querySelector("form.undo-now");
function hideUndo() {
  if (undo.matches(":hover, :focus-within")) setTimeout(hideUndo, 2000);
  else undo.hidden = true;
}
if (undo) setTimeout(hideUndo, 10000);

// Rows

const rows = () => [...document.querySelectorAll(".rows > .row")];
let chosen = null;

function choose(row) {
  chosen?.classList.remove("chosen");
  chosen = row;
  if (!row) return;
  row.classList.add("chosen");
  row.querySelector("h2 a, h3 a")?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const all = rows();
  if (all.length === 0) return;
  const here = document.activeElement.closest?.(".row") ?? (chosen?.isConnected ? chosen : null);
  const at = here ? all.indexOf(here) + by : by > 0 ? 0 : all.length - 1;
  if (at < 0 && box) return box.focus();
  choose(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

// Keys

const typing = element => element.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select");
const keysOn = () => localStorage.getItem(keysOff) === null;

document.addEventListener("keydown", event => {
  const inBox = event.target === box;
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    return goSearch();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (inBox && event.key === "/" && box.value === "") return event.preventDefault();
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows().length > 0 && (inBox || !typing(event.target))) {
    event.preventDefault();
    return move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (typing(event.target) || !keysOn()) return;
  const row = event.target.closest?.(".row") ?? chosen ?? (rows().length === 1 ? rows()[0] : null);
  const which = { c: "fr", e: "en", b: "both", l: "link" }[event.key];
  if (which && row) {
    event.preventDefault();
    copyRow(row, which);
  } else if ((event.key === "p" || event.key === "m") && row?.querySelector("form.soft")) {
    event.preventDefault();
    sendSoftly(row.querySelector(`form[data-kind="${event.key === "p" ? "pin" : "add"}"]`));
  } else if (event.key === "x" && row?.querySelector(".select input")) {
    event.preventDefault();
    row.querySelector(".select input").click();
  } else if (event.key === "/") {
    event.preventDefault();
    goSearch();
  } else if (event.key === "u" && undo && !undo.hidden) {
    event.preventDefault();
    undo.querySelector("button").click();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "?") {
    location.href = document.querySelector(".help-here")?.href ?? "/console/help";
  }
});

function goSearch() {
  if (box && results) {
    box.focus();
    box.select();
  } else {
    location.href = "/console";
  }
}

const keysBox = document.getElementById("shortcuts-on");
if (keysBox) {
  keysBox.checked = keysOn();
  keysBox.addEventListener("change", () => {
    if (keysBox.checked) localStorage.removeItem(keysOff);
    else localStorage.setItem(keysOff, "1");
  });
}

// Search while typing

let asked = 0;
let waiting = 0;

async function search() {
  const number = ++asked;
  const words = box.value.trim();
  const boards = document.getElementById("boards");
  if (boards) boards.hidden = words !== "";
  if (words === "") {
    results.textContent = "";
    return;
  }
  try {
    const answer = await fetch(`/console?part=1&q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
    if (answer.redirected) return location.reload();
    const text = await answer.text();
    if (number !== asked || !answer.ok) return;
    chosen = null;
    // The server escapes all of it, and the policy of the page lets no script in.
    results.innerHTML = text;
    history.replaceState(null, "", `/console?q=${encodeURIComponent(words)}`);
  } catch {
    tell(french ? "Le serveur ne répond pas." : "The server does not answer.");
  }
}

if (box && results) {
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 80);
  });
}

// Drafts save themselves two seconds after the last key

const editor = document.querySelector("form.editor");
const saved = document.getElementById("saved");

const notSaved = {
  401: () => say("Vous n'êtes plus connecté : cliquez sur « Enregistrer » pour vous reconnecter, votre texte reste ici.", "You are no longer signed in: press Save to sign in again, your text stays here."),
  403: () => say("Vous vous êtes reconnecté ailleurs : cliquez sur « Enregistrer », votre texte reste ici.", "You have signed in anew elsewhere: press Save, your text stays here."),
  409: () => say("Quelqu'un d'autre a enregistré : cliquez sur « Enregistrer » pour comparer.", "Somebody else has saved: press Save to compare."),
  422: why => say(`Pas encore enregistré, votre texte reste ici. ${why}`, `Not saved yet, your text stays here. ${why}`)
};

// A new answer saves itself from when its first way of asking stands there, whole.
const isNew = () => editor.action.endsWith("/console/new");

function hasName() {
  const asked = [...editor.querySelectorAll("[name^=questions_]")].filter(area => area.value.trim() !== "");
  const isBegun = [...editor.querySelectorAll("[name^=answer_]")].some(area => area.value.trim() !== "");
  return asked.some(area => isBegun || area !== document.activeElement || /[?\n]\s*$/.test(area.value));
}

// From now on it is a draft like any other, under an address of its own.
function becomeDraft(address) {
  moveTo(editor, address);
  const group = editor.elements.group.value;
  history.replaceState(null, "", group ? `${address}?group=${encodeURIComponent(group)}` : address);
}

// A new answer of which no reply has come is sent once more as it was then, by which the server knows it; what was typed since follows.
let unanswered = null;

async function saveNow() {
  const again = unanswered;
  const form = again?.form ?? new FormData(editor);
  const sent = again?.sent ?? JSON.stringify([...form]);
  form.set("then", "auto");
  if (isNew()) unanswered = { form, sent };
  try {
    const answer = await fetch(editor.action, { method: "POST", body: new URLSearchParams(form), credentials: "same-origin" });
    if (answer.ok && !answer.redirected) {
      // The version, and what the draft is now.
      const [version, was, address] = (await answer.text()).trim().split("\n");
      unanswered = null;
      const isAll = sent === JSON.stringify([...new FormData(editor)]);
      if (isNew()) becomeDraft(address);
      editor.elements.version.value = version;
      editor.elements.was.value = was;
      if (isAll) hasArrived(editor);
      else if (again) saveSoon();
      saved.textContent = say("Brouillon enregistré", "Draft saved");
    } else if (notSaved[answer.status]) {
      unanswered = null;
      saved.textContent = notSaved[answer.status](answer.status === 422 ? (await answer.text()).trim() : "");
    } else {
      throw new Error(answer.status);
    }
  } catch {
    saved.textContent = say("Pas enregistré : nouvel essai dans un instant.", "Not saved: trying again in a moment.");
    saveSoon();
  }
}

// One at a time: the second would not know the version, or the address, that the first one gets.
let underWay = null;
function save() {
  if (underWay) return saveSoon();
  if (isNew() && !unanswered && !hasName()) return;
  underWay = saveNow().finally(() => { underWay = null; });
}

let saving = 0;
function saveSoon() {
  clearTimeout(saving);
  saving = setTimeout(save, 2000);
}

// What is sent by a button waits for what is being saved, or may have been, and goes where that has put it; where there is still no reply
// it waits for the server as all forms do.
let hasTried = false;
function onSend(event) {
  clearTimeout(saving);
  if (unanswered && !hasTried) save();
  if (!underWay) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  underWay.then(() => {
    clearTimeout(saving);
    hasTried = true;
    editor.requestSubmit(button);
    hasTried = false;
  });
}

if (editor) {
  editor.addEventListener("input", saveSoon);
  editor.addEventListener("change", () => { if (isNew()) saveSoon(); });
  editor.addEventListener("submit", onSend, true);
}

// How long an answer is, and may be; and what writes its marks

for (const area of document.querySelectorAll("textarea[data-count]")) {
  const counter = document.createElement("span");
  const most = Number(area.dataset.count);
  const count = () => {
    const length = [...plain(area.value)].length;
    const over = length - most;
    counter.textContent = `${length} / ${most}` + (over > 0 ? say(` : ${over} de trop`, `: ${over} too many`) : "");
    counter.className = length > most ? "fault count" : "meta count";
  };
  area.after(counter);
  for (const change of ["input", "refilled"]) area.addEventListener(change, count);
  count();
  addFactButton(area, addButtons(area));
}

// What is known of the wordings, while they are written

const hints = document.getElementById("hints");
let hinting = 0;
let hinted = 0;

async function hint() {
  const number = ++hinted;
  const form = new FormData(editor);
  form.set("then", "hints-alone");
  try {
    const answer = await fetch(editor.action, { method: "POST", body: new URLSearchParams(form), credentials: "same-origin" });
    if (number !== hinted || !answer.ok || answer.redirected) return;
    const text = await answer.text();
    // Escaped by the server, like the results of the search. What is the same is not read out again.
    if (number === hinted && hints.innerHTML !== text) hints.innerHTML = text;
  } catch {
    // The next key asks again, and the button does.
  }
}

if (editor && hints) {
  editor.addEventListener("input", event => {
    if (!/^(questions|answer)_/.test(event.target.name ?? "")) return;
    clearTimeout(hinting);
    hinting = setTimeout(hint, 400);
  });
}

document.querySelector("#complaint, #preview, [autofocus].hints")?.focus();
