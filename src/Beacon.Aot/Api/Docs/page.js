'use strict';

// Draws openapi.json. Everything is put in as text, never as markup.

const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

const say = (text) => {
  const status = document.getElementById('status');
  status.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { status.textContent = ''; }, 2500);
};

class Page {
  constructor(api) {
    this.api = api;
    this.cards = [];
  }

  resolve(schema) {
    return schema?.$ref ? this.api.components.schemas[schema.$ref.split('/').pop()] : schema ?? {};
  }

  typeOf(schema) {
    const name = schema.$ref?.split('/').pop();
    const real = this.resolve(schema);
    const type = [real.type ?? 'any'].flat().join(' or ');
    if (real.type === 'array') return `list of ${this.typeOf(real.items)}`;
    return name && real.properties ? name : type;
  }

  boundsOf(schema) {
    const real = this.resolve(schema);
    const words = [];
    if (real.enum) words.push(real.enum.filter((value) => value !== null).join(' | '));
    if (real.minLength !== undefined || real.maxLength !== undefined) words.push(`${real.minLength ?? 0}–${real.maxLength ?? '…'} characters`);
    if (real.minimum !== undefined || real.maximum !== undefined) words.push(`${real.minimum ?? '…'}–${real.maximum ?? '…'}`);
    if (real.maxItems !== undefined) words.push(`at most ${real.maxItems}, each ${this.boundsOf(real.items)}`);
    if (real.maxProperties !== undefined) words.push(`at most ${real.maxProperties} entries, keys ${this.boundsOf(real.propertyNames)}`);
    if (real.format) words.push(real.format);
    if (real.default !== undefined) words.push(`default ${JSON.stringify(real.default)}`);
    return words.join(', ');
  }

  table(rows, heads) {
    const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))));
    return element('div', { className: 'scroll' }, element('table', {},
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...body)));
  }

  shape(schema) {
    const real = this.resolve(schema);
    if (real.type === 'array') return this.shape(real.items);
    if (!real.properties) return null;
    const rows = Object.entries(real.properties).map(([name, member]) => [
      element('code', { className: real.required?.includes(name) && schema.isRequest ? 'required' : '' }, name),
      [this.typeOf(member), this.boundsOf(member)].filter(Boolean).join(', '),
      member.description ?? this.resolve(member).description ?? '',
    ]);
    const lists = Object.values(real.properties).filter((member) => member.items?.$ref);
    return element('div', {}, this.table(rows, ['Member', 'Holds', 'Meaning']),
      ...lists.map((member) => element('details', {}, element('summary', {}, `Members of ${this.typeOf(member.items)}`), this.shape(member.items) ?? '')));
  }

  card(path, method, operation, server) {
    const base = server === '/' ? '' : server;
    const id = operation.operationId;
    const inside = element('div', { className: 'inside' });
    const card = element('details', { className: 'operation', id },
      element('summary', {},
        element('span', { className: `method ${method}` }, method.toUpperCase()),
        element('span', { className: 'path' }, base + path),
        element('span', { className: 'what' }, operation.summary)),
      inside);
    card.addEventListener('toggle', () => {
      if (card.open && !inside.hasChildNodes()) this.fill(inside, { base, path, method, operation });
    });
    this.cards.push({ card, words: `${method} ${base}${path} ${operation.summary}`.toLowerCase() });
    return card;
  }

  fill(inside, { base, path, method, operation }) {
    if (operation.description) inside.append(element('p', {}, operation.description));
    const parameters = operation.parameters ?? [];
    if (parameters.length > 0) {
      inside.append(element('h3', {}, 'Parameters'), this.table(parameters.map((parameter) => [
        element('code', { className: parameter.required ? 'required' : '' }, parameter.name),
        [parameter.in, this.typeOf(parameter.schema), this.boundsOf(parameter.schema)].filter(Boolean).join(', '),
        parameter.description ?? '',
      ]), ['Name', 'Holds', 'Meaning']));
    }

    const body = operation.requestBody?.content['application/json'];
    if (body) {
      inside.append(element('h3', {}, 'Body'),
        element('p', {}, this.resolve(body.schema).description ?? ''), this.shape({ ...body.schema, isRequest: true }) ?? '');
    }

    inside.append(element('h3', {}, 'Answers'));
    for (const [status, answer] of Object.entries(operation.responses)) {
      const schema = Object.values(answer.content ?? {})[0]?.schema;
      const shape = schema && this.shape(schema);
      const head = [element('code', {}, status), ` ${answer.description}`, answer.headers ? ` (${Object.keys(answer.headers).join(', ')})` : ''];
      inside.append(shape ? element('details', {}, element('summary', {}, ...head), shape) : element('p', {}, ...head));
    }

    if (path !== '/ws') inside.append(this.attempt(base, path, method, parameters, body));
  }

  attempt(base, path, method, parameters, body) {
    const fields = parameters.filter((parameter) => parameter.in !== 'header').map((parameter) => ({
      parameter,
      input: element('input', { type: 'text', id: `${method}${path}${parameter.name}`, autocomplete: 'off', spellcheck: false }),
    }));
    const text = body && element('textarea', { value: JSON.stringify(body.example, null, 2), spellcheck: false, ariaLabel: 'Body' });
    const curl = element('pre', { tabIndex: 0 });
    const result = element('pre', { hidden: true, tabIndex: 0 });

    const address = () => {
      let filled = base + path;
      const query = new URLSearchParams();
      for (const { parameter, input } of fields) {
        const value = input.value.trim();
        if (parameter.in === 'path') {
          filled = filled.replace(`{${parameter.name}}`, value ? encodeURIComponent(value) : `{${parameter.name}}`);
        } else if (value && parameter.name === 'metadata') {
          for (const pair of value.split(',')) {
            const [key, ...rest] = pair.split('=');
            query.append(`metadata.${key.trim()}`, rest.join('='));
          }
        } else if (value && parameter.schema.type === 'array') {
          for (const entry of value.split(',')) query.append(parameter.name, entry.trim());
        } else if (value) {
          query.append(parameter.name, value);
        }
      }
      return filled + (query.size > 0 ? `?${query}` : '');
    };
    const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;
    const draw = () => {
      const parts = ['curl', method === 'get' ? '' : `-X ${method.toUpperCase()}`, quoted(location.origin + address())];
      if (text) parts.push("-H 'Content-Type: application/json'", `-d ${quoted(text.value)}`);
      curl.textContent = parts.filter(Boolean).join(' ');
    };
    const send = async () => {
      result.hidden = false;
      result.textContent = '…';
      try {
        const answer = await fetch(address(), {
          method: method.toUpperCase(),
          ...(text ? { body: text.value, headers: { 'Content-Type': 'application/json' } } : {}),
        });
        const content = await answer.text();
        let shown = content;
        try { shown = JSON.stringify(JSON.parse(content), null, 2); } catch { /* no JSON: shown as it is */ }
        const tag = answer.headers.get('etag');
        result.textContent = `${answer.status} ${answer.statusText}${tag ? `\nETag: ${tag}` : ''}\n\n${shown}`;
        say(`Answered ${answer.status}`);
      } catch (error) {
        result.textContent = `No answer: ${error.message}`;
      }
    };
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(curl.textContent);
        say('Copied');
      } catch {
        // Without HTTPS browsers give no clipboard: select it for Ctrl+C.
        getSelection().selectAllChildren(curl);
        say('Selected; press Ctrl+C');
      }
    };

    const form = element('form', { onsubmit: (event) => { event.preventDefault(); send(); }, oninput: draw },
      element('h3', {}, 'Try it'),
      ...fields.map(({ parameter, input }) => element('div', { className: 'row' },
        element('label', { htmlFor: input.id, className: parameter.required ? 'required' : '' }, parameter.name), input)),
      text ?? null,
      curl,
      element('div', { className: 'buttons' },
        element('button', { type: 'submit', className: 'primary' }, 'Send'),
        element('button', { type: 'button', onclick: copy }, 'Copy curl')),
      result);
    draw();
    return form;
  }

  draw() {
    const { info, servers, paths } = this.api;
    document.getElementById('version').textContent = info.version;
    document.getElementById('about').textContent = info.description;
    const groups = new Map();
    for (const [path, item] of Object.entries(paths)) {
      const server = (item.servers ?? servers)[0].url;
      for (const [method, operation] of Object.entries(item)) {
        if (method === 'servers') continue;
        const group = operation.tags[0];
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push({ path, method, operation, server });
      }
    }

    const main = document.getElementById('main');
    main.replaceChildren();
    for (const [group, operations] of groups) {
      const list = element('ul');
      document.getElementById('index').append(element('h2', {}, group), list);
      main.append(element('h2', {}, group));
      for (const entry of operations) {
        main.append(this.card(entry.path, entry.method, entry.operation, entry.server));
        const link = element('a', { href: `#${entry.operation.operationId}` }, entry.operation.summary);
        const item = element('li', {}, link);
        this.cards.at(-1).item = item;
        list.append(item);
      }
    }

    const open = () => {
      const card = document.getElementById(location.hash.slice(1));
      if (card?.tagName === 'DETAILS') {
        card.open = true;
        card.querySelector('summary').focus();
      }
    };
    addEventListener('hashchange', open);
    open();
    const filter = document.getElementById('filter');
    filter.addEventListener('input', () => {
      const wanted = filter.value.trim().toLowerCase();
      for (const { card, item, words } of this.cards) {
        card.hidden = item.hidden = !words.includes(wanted);
      }
    });
    addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
        event.preventDefault();
        filter.focus();
      }
    });
  }
}

fetch('/api/openapi.json')
  .then((answer) => answer.json())
  .then((api) => new Page(api).draw())
  .catch((error) => { document.getElementById('main').textContent = `The document could not be loaded: ${error.message}`; });
