// A plain text as the clipboard offers it to mail programs and chats beside the text itself: lines stay lines, lists are lists,
// addresses can be followed. Pure.

const LINK = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;
const ITEM = /^\s*[-•]\s+/;

const escaped = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

function linked(line) {
  let out = "";
  let from = 0;
  for (const found of line.matchAll(LINK)) {
    const address = found[0].includes("://") ? found[0] : `mailto:${found[0]}`;
    out += `${escaped(line.slice(from, found.index))}<a href="${escaped(address)}">${escaped(found[0])}</a>`;
    from = found.index + found[0].length;
  }
  return out + escaped(line.slice(from));
}

function paragraph(text) {
  const out = [];
  let lines = [];
  let items = [];
  const end = () => {
    if (lines.length > 0) out.push(`<p>${lines.join("<br>")}</p>`);
    if (items.length > 0) out.push(`<ul>${items.map(item => `<li>${item}</li>`).join("")}</ul>`);
    lines = [];
    items = [];
  };
  for (const line of text.split("\n")) {
    const isItem = ITEM.test(line);
    if (isItem ? lines.length > 0 : items.length > 0) end();
    (isItem ? items : lines).push(linked(isItem ? line.replace(ITEM, "") : line));
  }
  end();
  return out.join("");
}

export const rich = text => text.trim().split(/\n{2,}/).map(paragraph).join("");
