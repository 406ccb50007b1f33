// The server's API, with a wait that ends and a name for everything that can go wrong.
const PATIENCE = 10000;
const LARGEST_ANSWER = 200000;

// What can go wrong: offline, network, slow, busy ($wait: seconds), long, server, missing, malformed.
const fault = (kind, wait) => ({ $kind: kind, $wait: wait });

const faultOf = async (response) => {
  if (response.status === 429 || response.status === 409) return fault('busy', Math.min(+response.headers.get('Retry-After') || 5, 600));
  const text = await response.text().catch(() => '');
  if (response.status === 413 || text.includes(':question-too-long')) return fault('long');
  return fault(response.status === 404 ? 'missing' : 'server');
};

// `gone`, a signal, ends what is still under way; but what is to be erased is erased.
export const call = async (home, gone, path, body, method = body ? 'POST' : 'GET') => {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, PATIENCE);
  if (method !== 'DELETE') gone.addEventListener('abort', stop, end);
  let arrived = false;
  try {
    const response = await fetch(home + path, {
      method, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: end.signal,
      headers: body && { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
    });
    arrived = true;
    if (!response.ok) throw await faultOf(response);
    const text = await response.text();
    const value = text.length <= LARGEST_ANSWER && JSON.parse(text);
    if (!value || typeof value !== 'object') throw fault('malformed');
    return value;
  } catch (problem) {
    if (problem.$kind) throw problem;
    throw fault(end.signal.aborted ? 'slow' : arrived ? 'malformed' : navigator.onLine ? 'network' : 'offline');
  } finally {
    clearTimeout(timer);
    stop();   // listens no more
  }
};

// What a reply should be, whatever came: texts are texts, lists are lists.
export const texts = (value, keys) => Object.fromEntries(keys.map((key) => [key, typeof value?.[key] === 'string' ? value[key] : '']));
const many = (value, most = 99) => Array.isArray(value) ? value.slice(0, most) : [];
export const list = (value, keys) => many(value, 8).map((item) => texts(item, keys));
const TAGS = new Map([['numbered', 'ol'], ['bulleted', 'ul']]);

// A text that leads nowhere, as the tree of an answer.
export const paragraphs = (text) => text.split('\n').filter((line) => line.trim()).map((line) => ({ lines: [[{ text: line }]] }));

// The tree of an answer, of a fixed depth: blocks, their lines, texts that may be strong or lead somewhere.
const treeOf = (value) => many(value).map((block) => ({
  tag: TAGS.get(block?.kind),   // of a list
  lines: many(block?.lines).map((line) => many(line).map((run) => ({ ...texts(run, ['text', 'href']), strong: run?.strong })).filter((run) => run.text)).filter((line) => line.length),
})).filter((block) => block.lines.length);

export const asReply = (value) => {
  if (typeof value?.answer !== 'string' || !value.answer.trim()) throw fault('malformed');
  const plain = value.explanation?.plain;
  const tree = treeOf(value.blocks);
  return {
    ...texts(value, ['id', 'answer', 'status', 'intent']),
    blocks: tree.length ? tree : paragraphs(value.answer),
    lang: value.lang === 'fr' ? 'fr' : 'en',
    sources: list(value.sources, ['title', 'url', 'published', 'as_of']),
    suggestions: list(value.suggestions, ['label', 'question']).filter((one) => one.question),
    corrections: list(value.corrections, ['from', 'to']),
    why: many(plain, 8).filter((sentence) => typeof sentence === 'string'),
  };
};
