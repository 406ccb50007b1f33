// Copies an answer, as mail programs show it too; counts that it was copied.
import { rich } from "./rich.js";
import { french, tell } from "./say.js";

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

export function copyRow(row, which) {
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
