// Pinning and collecting, without leaving the page.
import { french, tell } from "./say.js";

const told = {
  add: () => french ? "Ajoutée au message" : "Added to the message",
  pin: on => on ? (french ? "Épinglée" : "Pinned") : (french ? "N'est plus épinglée" : "No longer pinned")
};

export async function sendSoftly(form) {
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
