// The Model Context Protocol's own clients: of the era with a handshake, and of the one without.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { secrets, url } from './bot.mjs';

const address = new URL(`${url}/mcp`);
const options = (key = secrets.mcp) => ({ requestInit: { headers: { Authorization: `Bearer ${key}` } } });
const who = { name: 'tests', version: '1.0.0' };

async function withClient(Client, Transport, settings, use) {
  const client = new Client(who, settings);
  await client.connect(new Transport(address, options()));
  try { await use(client); } finally { await client.close(); }
}

async function uses(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name), ['ask', 'search_facts', 'get_entity']);

  const asked = await client.callTool({ name: 'ask', arguments: { question: 'Where is CIML?' } });
  assert.ok(!asked.isError);
  assert.match(asked.content[0].text, /Luminy/);
  assert.equal(asked.structuredContent.status, 'answered');
  assert.ok(asked.structuredContent.sources[0].url.startsWith('http'));

  const found = await client.callTool({ name: 'search_facts', arguments: { query: 'founded', limit: 2 } });
  assert.equal(found.structuredContent.facts.length, 2);
  assert.ok(found.structuredContent.facts[0].source.title);

  const entity = await client.callTool({ name: 'get_entity', arguments: { entity: 'CIML', language: 'fr' } });
  assert.equal(entity.structuredContent.id, 'ciml');
  const nobody = await client.callTool({ name: 'get_entity', arguments: { entity: 'nobody' } });
  assert.ok(nobody.isError);

  const { resources } = await client.listResources();
  assert.ok(resources.length > 50);
  const { contents } = await client.readResource({ uri: 'immunobot://entities/ciml' });
  assert.equal(JSON.parse(contents[0].text).id, 'ciml');
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.equal(resourceTemplates[0].uriTemplate, 'immunobot://entities/{id}');
  await assert.rejects(client.readResource({ uri: 'immunobot://entities/nobody' }), /not found/i);
}

test('a client with a handshake finds tools and resources', async () => {
  await withClient(OldClient, OldTransport, {}, async (client) => {
    assert.equal(client.getServerVersion().name, 'immunobot');
    assert.ok(client.getServerCapabilities().resources);
    await client.ping();
    await uses(client);
    let cursor;
    const ids = new Set();
    do {
      const page = await client.listResources({ cursor });
      for (const resource of page.resources) ids.add(resource.uri);
      cursor = page.nextCursor;
    } while (cursor);
    assert.ok(ids.size > 100);
  });
});

test('a wrong key is refused', async () => {
  const client = new OldClient(who);
  await assert.rejects(client.connect(new OldTransport(address, options('wrong'))), /401|Unauthorized/i);
});

const node = Number(process.versions.node.split('.')[0]);
test('a client of today needs no handshake', { skip: node < 20 && 'it needs Node 20' }, async () => {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  for (const mode of ['legacy', 'auto', { pin: '2026-07-28' }])
    await withClient(Client, StreamableHTTPClientTransport, { versionNegotiation: { mode } }, uses);
});
