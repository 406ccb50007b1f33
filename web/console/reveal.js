// What is typed as a password can be looked at until it is sent.
import { say } from "./say.js";

function addButton(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small reveal";
  button.textContent = say("Montrer le mot de passe", "Show the password");
  button.setAttribute("aria-controls", field.id);
  const show = shown => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  show(false);
  // No browser learns its words, or sends them to whoever checks the spelling.
  field.spellcheck = false;
  field.autocapitalize = "none";
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  field.after(button);
}

document.querySelectorAll('input[type="password"]').forEach(addButton);
