// The marks of an answer (text/marked.hpp says what they are): how long the text is without them, and buttons that write them. What
// they write goes through the history of the field, so that Ctrl+Z takes it back, and is noticed like what is typed.
import { say } from "./say.js";

const LINK = /\[([^\s[\]](?:[^[\]\n]*[^\s[\]])?)\]\(((?:https:\/\/[A-Za-z0-9]|mailto:|tel:\+?\d)[^\s()[\]<>"|*\\`]*)\)/g;
const STRONG = /(?<!\*)\*\*(?!\*)(\S|\S[^\n]*?\S)(?<!\*)\*\*(?!\*)/g;
const ITEM = { bulleted: /^(\s*)[-•]\s+/, numbered: /^(\s*)\d{1,2}[.)]\s+/ };

// As the server counts it, but for what is not written whole yet.
export const plain = text => text
  .replace(STRONG, "$1")
  .replace(LINK, (all, label, address) => {
    const read = address.replace(/^(mailto|tel):/, "");
    return label === read || label === read.replace(/^https:\/\//, "") ? label : `${label} (${read})`;
  });

// `text` in place of what stands from `start` to `end`; then from..to, counted from `start`, is selected.
export function write(area, start, end, text, from, to) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + from, start + to);
}

// What is selected, without the blanks at its ends.
function selected(area) {
  const all = area.value.slice(area.selectionStart, area.selectionEnd);
  const text = all.trim();
  const start = area.selectionStart + (text ? all.indexOf(text) : 0);
  return { text, start, end: text ? start + text.length : area.selectionEnd };
}

function strong(area) {
  const { text, start, end } = selected(area);
  const { value } = area;
  if (text && value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") return write(area, start - 2, end + 2, text, 0, text.length);
  if (/^\*\*[^*]+\*\*$/.test(text)) return write(area, start, end, text.slice(2, -2), 0, text.length - 4);
  if (text.includes("\n")) {   // marks end with their line
    const lines = text.split("\n").map(line => line.replace(/^(\s*(?:[-•]\s+|\d{1,2}[.)]\s+)?)(\S.*?)(\s*)$/, "$1**$2**$3")).join("\n");
    return write(area, start, end, lines, 0, lines.length);
  }
  const words = text || say("mots en gras", "words in bold");
  write(area, start, end, `**${words}**`, 2, 2 + words.length);
}

// All lines of which something is selected become items, or lines again if they all are.
function list(area, kind) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const behind = value.indexOf("\n", area.selectionEnd);
  const end = behind < 0 ? value.length : behind;
  const lines = value.slice(start, end).split("\n");
  const isWritten = line => line.trim() !== "" || lines.length === 1;
  const bare = line => line.replace(ITEM.bulleted, "$1").replace(ITEM.numbered, "$1");
  const isList = lines.filter(isWritten).every(line => ITEM[kind].test(line));
  let number = 0;
  const text = lines.map(line => !isWritten(line) ? line : isList ? bare(line) : `${kind === "numbered" ? `${++number}. ` : "- "}${bare(line)}`).join("\n");
  if (text === "") return;
  write(area, start, end, text, lines.length > 1 ? 0 : text.length, text.length);
}

// As it stands in a link; empty: it is no address.
const addressIn = text => /^https:\/\/\S+$/.test(text) ? text.replace(/[()*]/g, one => `%${one.charCodeAt(0).toString(16)}`) : /^[\w.+-]+@[\w.-]+$/.test(text) ? `mailto:${text}` : "";

// What is still to be written is selected: the address, or the words for an address.
function link(area) {
  const { text, start, end } = selected(area);
  const address = addressIn(text);
  const label = address === "" ? text.replace(/[[\]\n]/g, " ") : "";
  const words = label || say("mots du lien", "words of the link");
  const whole = `[${words}](${address || "https://"})`;
  if (label) write(area, start, end, whole, whole.length - 1, whole.length - 1);
  else write(area, start, end, whole, 1, 1 + words.length);
}

// An address that is pasted into an empty link takes the place of its beginning, which stands there already.
function pasteAddress(event) {
  const area = event.target;
  const address = addressIn((event.clipboardData?.getData("text/plain") ?? "").trim());
  const begun = /\]\((https:\/\/)$/.exec(area.value.slice(0, area.selectionStart));
  if (!address || !begun || area.value[area.selectionEnd] !== ")") return;
  event.preventDefault();
  write(area, area.selectionStart - begun[1].length, area.selectionEnd, address, address.length, address.length);
}

// A new line in a list is an item of it, and one in an empty item ends it.
function continueList(event) {
  const area = event.target;
  const { selectionStart: at, selectionEnd: end, value } = area;
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || at !== end) return;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const [sign, blanks, mark, number] = /^(\s*)([-•]|(\d{1,2})[.)])\s+/.exec(value.slice(start, at)) ?? [];
  if (!sign) return;
  event.preventDefault();
  const isEmpty = value.slice(start + sign.length).split("\n")[0].trim() === "";
  if (isEmpty) return write(area, start, at, "", 0, 0);
  const next = `\n${blanks}${number ? `${Number(number) + 1}${mark.at(-1)}` : mark} `;
  write(area, at, at, next, next.length, next.length);
}

const BUTTONS = [
  [() => say("Gras", "Bold"), strong, "Control+B"],
  [() => say("Liste", "List"), area => list(area, "bulleted")],
  [() => say("Liste numérotée", "Numbered list"), area => list(area, "numbered")],
  [() => say("Lien", "Link"), link],
];

// Gives the place that they stand in.
export function addButtons(area) {
  const bar = document.createElement("span");
  bar.className = "marks";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `${say("Mise en forme", "Formatting")}, ${area.labels[0]?.textContent ?? ""}`);
  for (const [name, act, keys] of BUTTONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet small";
    button.textContent = name();
    if (keys) button.setAttribute("aria-keyshortcuts", keys);
    button.addEventListener("click", () => act(area));
    bar.append(button);
  }
  area.before(bar);
  area.addEventListener("paste", pasteAddress);
  area.addEventListener("keydown", continueList);
  area.addEventListener("keydown", event => {
    if (event.key.toLowerCase() !== "b" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    strong(area);
  });
  return bar;
}
