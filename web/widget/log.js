// The messages: where the reader is in them, and what a screen reader is told.
import { h, icon } from './dom.js';

const SPOKEN = 1000;    // long enough to be read, gone before anybody reads on
const NEAR_END = 60;

export const messageLog = (chat) => {
  let silence;
  let following = true;   // the reader is at the end
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    fresh.hidden = true;
  };
  const log = chat.$say(h('div', { class: 'log', role: 'log', tabindex: 0, 'aria-live': 'off', onscroll: () => { if ((following = atEnd())) fresh.hidden = true; } }), (t) => t.$log, 'aria-label');
  const fresh = h('button', { class: 'fresh', hidden: true, onclick: () => { toEnd(); log.focus(); } }, chat.$say(h('span'), (t) => t.$fresh), icon('down'));
  // The keyboard of a phone, or more words under the input: the end stays in sight.
  new ResizeObserver(() => { if (following) toEnd(); }).observe(log);
  const live = h('div', { class: 'hide', 'aria-live': 'polite' });

  return {
    $node: log,
    $fresh: fresh,
    $live: live,
    $toEnd: toEnd,

    // Shows the node as what came after the question: with the question at the top, so that a long answer is read from its
    // beginning; where the reader has scrolled up, it is only told about.
    $put(turn, node) {
      const away = !atEnd();
      turn.$answer?.remove();
      turn.$article.after(turn.$answer = node);
      if (!away) log.scrollTop = turn.$article.offsetTop - 16;
      fresh.hidden = !away || !node.matches('.theirs');
    },

    // Once.
    $announce(text) {
      live.textContent = text;
      silence?.();
      silence = chat.$later(() => { live.textContent = ''; }, SPOKEN);
    },
  };
};
