// Drafts save themselves two seconds after the last key.
import { hasArrived, moveTo } from "./keeping.js";
import { say } from "./say.js";

export const editor = document.querySelector("form.editor");
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
