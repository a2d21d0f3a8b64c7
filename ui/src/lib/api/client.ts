import type { Problem } from './contracts';

const requestLimit = 15_000;

/** An answer that is not 2xx, or none at all. */
export class ApiError extends Error {
  /** 0: Beacon could not be reached. */
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, detail: unknown) {
    super(typeof detail === 'string' ? detail : Array.isArray(detail) ? '' : String(status));
    this.status = status;
    this.problems = Array.isArray(detail) ? (detail as Problem[]) : [];
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

/** The only place that speaks HTTP. */
export class Client {
  readonly #root: URL;
  readonly #prefix: string;

  /** @param root where the dashboard was served from; @param prefix of the API below it, without slashes at its ends. */
  constructor(root: URL, prefix: string) {
    this.#root = root;
    this.#prefix = prefix;
  }

  /** Address of an API path such as `/services`. */
  url(path: string): URL {
    return new URL((this.#prefix + path).replace(/^\/+/, ''), this.#root);
  }

  get prefix(): string {
    return this.#prefix;
  }

  get socketUrl(): URL {
    const url = this.url('/ws');
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return url;
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>('GET', this.url(path));
  }

  /** The OpenAPI document, which stays where it is whatever the prefix. */
  document<T>(): Promise<T> {
    return this.#send<T>('GET', new URL('api/openapi.json', this.#root));
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#send<T>('POST', this.url(path), body);
  }

  put<T>(path: string, body?: unknown): Promise<T> {
    return this.#send<T>('PUT', this.url(path), body);
  }

  /** @param outlivesPage the request goes on when the page is left meanwhile. */
  delete<T>(path: string, outlivesPage = false): Promise<T> {
    return this.#send<T>('DELETE', this.url(path), undefined, outlivesPage);
  }

  /** For what only some servers have: undefined where it is not known. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 405)) return undefined;
      throw error;
    }
  }

  async #send<T>(method: string, url: URL, body?: unknown, keepalive = false): Promise<T> {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        keepalive,
        cache: 'no-store',
        signal: AbortSignal.timeout(requestLimit),
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      });
    } catch {
      throw new ApiError(0, 'unreachable');
    }

    const text = await response.text().catch(() => '');
    const answer = parse(text);
    if (!response.ok) throw new ApiError(response.status, (answer as { detail?: unknown } | undefined)?.detail ?? text);
    return answer as T;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
