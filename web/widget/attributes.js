// The attributes that take one of a few values; docs/website.md describes them. The first is the default.
export const CHOICES = { mode: ['bubble', 'inline', 'link'], position: ['right', 'left'], persist: ['tab', 'none', 'day'], theme: ['auto', 'light', 'dark'], events: ['safe', 'full'], lang: ['auto', 'fr', 'en'] };
const warned = new Set();

// The value of the element's attribute; the default for any other, with one warning.
export const choice = (host, name) => {
  const value = host.getAttribute(name) ?? CHOICES[name][0];
  if (CHOICES[name].includes(value)) return value;
  const complaint = `immunobot-chat: ${name}="${value}" is none of ${CHOICES[name].join(', ')}`;
  if (!warned.has(complaint)) console.warn(complaint);
  warned.add(complaint);
  return CHOICES[name][0];
};
