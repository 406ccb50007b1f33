// Keys: the way to the search and through the rows, and one key each for what is done with a row.
import { copyRow } from "./copying.js";
import { box, chosen, goSearch, move, rows } from "./search.js";
import { sendSoftly } from "./soft.js";
import { undo } from "./undo.js";

const keysOff = "immunobot-keys-off";
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

const keysBox = document.getElementById("shortcuts-on");
if (keysBox) {
  keysBox.checked = keysOn();
  keysBox.addEventListener("change", () => {
    if (keysBox.checked) localStorage.removeItem(keysOff);
    else localStorage.setItem(keysOff, "1");
  });
}
