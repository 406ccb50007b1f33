// Search while typing, and the way through the rows that are found.
import { french, tell } from "./say.js";

export const box = document.getElementById("q");
const results = document.getElementById("results");

// Rows

export const rows = () => [...document.querySelectorAll(".rows > .row")];
export let chosen = null;

function choose(row) {
  chosen?.classList.remove("chosen");
  chosen = row;
  if (!row) return;
  row.classList.add("chosen");
  row.querySelector("h2 a, h3 a")?.focus();
  row.scrollIntoView({ block: "nearest" });
}

export function move(by) {
  const all = rows();
  if (all.length === 0) return;
  const here = document.activeElement.closest?.(".row") ?? (chosen?.isConnected ? chosen : null);
  const at = here ? all.indexOf(here) + by : by > 0 ? 0 : all.length - 1;
  if (at < 0 && box) return box.focus();
  choose(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

export function goSearch() {
  if (box && results) {
    box.focus();
    box.select();
  } else {
    location.href = "/console";
  }
}

// While typing

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
