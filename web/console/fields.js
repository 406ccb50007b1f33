// The texts of an answer, while they are written: how long they are, and may be; and what writes their marks.
import { addFactButton } from "./facts.js";
import { addButtons, plain } from "./marks.js";
import { say } from "./say.js";

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
