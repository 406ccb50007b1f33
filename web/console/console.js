// Speed for the console; everything works without. Search while typing, keys, copying, drafts that save themselves.
import "./keeping.js";   // first: what was typed is back in its place before anything else looks at it
import "./reveal.js";
import "./copying.js";
import "./soft.js";
import "./keys.js";
import "./saving.js";
import "./fields.js";
import "./hints.js";

document.documentElement.classList.add("scripted");

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

document.querySelector("#complaint, #preview, [autofocus].hints")?.focus();
