import { routes, type Route } from './routes';

/** Addresses and screens. Everything is relative to the root the page was served from, so a proxy's path prefix needs no setting. */
export class Router {
  readonly #root: URL;
  #path = $state('/');
  #query = $state.raw(new URLSearchParams());
  readonly route: Route = $derived(match(this.#path));

  constructor(root: URL) {
    this.#root = root;
    this.#read();
  }

  /** Below the root, beginning with a slash. */
  get path(): string {
    return this.#path;
  }

  get query(): URLSearchParams {
    return this.#query;
  }

  /** @param path beginning with a slash. */
  href(path: string): string {
    return this.#root.pathname + path.slice(1);
  }

  start(): void {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#click(event));
    const { redirect } = this.route;
    if (redirect) this.go(redirect, true);
  }

  go(path: string, replace = false): void {
    history[replace ? 'replaceState' : 'pushState'](null, '', this.href(path));
    const before = this.#path;
    this.#read();
    if (this.#path !== before) scrollTo(0, 0);
  }

  /** Writes what is looked at into the address, without a step in the history for each key typed. */
  setQuery(query: URLSearchParams): void {
    const text = query.toString();
    if (text === this.#query.toString()) return;
    history.replaceState(null, '', this.href(this.#path) + (text ? `?${text}` : ''));
    this.#query = query;
  }

  #read(): void {
    const path = location.pathname;
    const below = path.startsWith(this.#root.pathname) ? path.slice(this.#root.pathname.length) : '';
    this.#path = '/' + below.replace(/\/+$/, '');
    this.#query = new URLSearchParams(location.search);
  }

  /** Links stay links: opened in a new tab, copied, or followed here. */
  #click(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.hasAttribute('data-outside')) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(this.#root.pathname)) return;
    const path = '/' + url.pathname.slice(this.#root.pathname.length);
    if (match(path.replace(/\/+$/, '') || '/').screen === 'missing') return;
    event.preventDefault();
    this.go(path + url.search);
  }
}

function match(path: string): Route {
  for (const { pattern, ...route } of routes) {
    const found = pattern.exec(path);
    if (found) return { ...route, id: found[1] === undefined ? '' : decode(found[1]) };
  }

  return { screen: 'missing', id: '' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
