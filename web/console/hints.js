// What is known of the wordings, while they are written.
import { editor } from "./saving.js";

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
