// The marks of an answer (text/marked.hpp says what they are): how long the text is without them.

const LINK = /\[([^\s[\]](?:[^[\]\n]*[^\s[\]])?)\]\(((?:https:\/\/[A-Za-z0-9]|mailto:|tel:\+?\d)[^\s()[\]<>"|*\\`]*)\)/g;
const STRONG = /(?<!\*)\*\*(?!\*)(\S|\S[^\n]*?\S)(?<!\*)\*\*(?!\*)/g;

// As the server counts it, but for what is not written whole yet.
export const plain = text => text
  .replace(STRONG, "$1")
  .replace(LINK, (all, label, address) => {
    const read = address.replace(/^(mailto|tel):/, "");
    return label === read || label === read.replace(/^https:\/\//, "") ? label : `${label} (${read})`;
  });
