// What the tests know of the running bot: `run` starts it and sets these.
export const url = process.env.BOT_URL;
export const secrets = JSON.parse(process.env.BOT_SECRETS ?? '{}');

// Sends a webhook and gives status, headers and the body as text and, if it is that, as JSON.
export async function deliver(path, body, headers = {}) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* some answers are no JSON */ }
  return { status: response.status, headers: response.headers, text, json };
}

// What the bot (or who else) called under `area` of the platforms' fakes.
export async function calls(area) {
  const all = await (await fetch(`${secrets.platforms}/calls`)).json();
  return all.filter(({ path }) => path.startsWith(area));
}

// Waits until `probe` gives something, for at most half a minute.
export async function eventually(probe) {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const found = await probe();
    if (found) return found;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('it did not happen within half a minute');
}
