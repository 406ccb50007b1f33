// Elements are made one by one and texts are texts: nothing here reads HTML.
export const h = (tag, props, ...children) => {
  const node = document.createElementNS('http://www.w3.org/' + (/svg|path/.test(tag) ? '2000/svg' : '1999/xhtml'), tag);
  if (tag === 'button') node.type = tag;   // a form is sent by the one that says so
  for (const [key, value] of Object.entries(props ?? {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
};

export const plain = (words, action) => h('button', { class: 'plain', onclick: action }, words);

const ICONS = {
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  thumb: 'M7 11l4-7a2 2 0 0 1 3 2l-1 4h5a2 2 0 0 1 2 2l-1 6a2 2 0 0 1-2 2H7zM7 11H4v9h3',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'M6 9l6 6 6-6',
};

export const icon = (name, style = '') => h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon ' + style }, h('path', { d: ICONS[name] }));

// Styles for the page around, while something lasts: a sheet of rules, not a style attribute of somebody else's element.
export const pageSheet = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return {
    $on() { document.adoptedStyleSheets.push(sheet); },
    $off() { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet); },
  };
};

export const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
