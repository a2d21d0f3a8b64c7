import type { LiveMessage } from '../api/contracts';

/**
 * connecting: nothing was ever shown; loading: the list is on its way; live: what is shown is what is;
 * reconnecting: what is shown is what was.
 */
export type LiveState = 'connecting' | 'loading' | 'live' | 'reconnecting';

export interface LiveOptions {
  /** Tests give a socket of their own. */
  open?: (url: URL) => WebSocket;
  url: URL;
  /** Reads everything; called at the first connection and whenever messages were missed for good. */
  load: () => Promise<void>;
  /** What happened since the last call, in order; once per frame at most. */
  take: (messages: readonly LiveMessage[]) => void;
  /** Calls back before the next frame is drawn. */
  schedule: (flush: () => void) => void;
  random?: () => number;
}

const firstPause = 500;
const longestPause = 15_000;
/** The server pings every 30 s; a page that hears nothing for so long was cut off without being told. */
const silenceLimit = 75_000;

/**
 * The one connection that keeps the page true. It remembers the number of the last event and asks for what came after it, so a laptop
 * that slept catches up without reading everything again.
 */
export class Live {
  readonly #options: LiveOptions;
  #state = $state<LiveState>('connecting');
  #socket: WebSocket | undefined;
  #seq: number | undefined;
  #instance: string | undefined;
  #attempts = 0;
  #retryAt = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #waiting: LiveMessage[] = [];
  #isLoading = false;
  #isScheduled = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get state(): LiveState {
    return this.#state;
  }

  get isLive(): boolean {
    return this.#state === 'live';
  }

  /** When the next attempt is made; 0 when none is due. */
  get retryAt(): number {
    return this.#retryAt;
  }

  /** Now instead of after the pause: the network is back, or somebody looks at the page again. */
  connect(): void {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    this.#retryAt = 0;
    const url = new URL(this.#options.url);
    if (this.#seq !== undefined) url.searchParams.set('since', String(this.#seq));
    const socket = this.#options.open?.(url) ?? new WebSocket(url);
    this.#socket = socket;
    this.#heard();
    socket.onmessage = (event: MessageEvent<string>) => this.#receive(socket, event.data);
    socket.onclose = () => this.#closed(socket);
  }

  #receive(socket: WebSocket, text: string): void {
    if (socket !== this.#socket) return;
    this.#heard();
    let message: LiveMessage;
    try {
      message = JSON.parse(text) as LiveMessage;
    } catch {
      return;
    }

    if (message.type === 'connection_established') {
      this.#greeted(socket, message);
    } else if (message.type === 'resync') {
      void this.#load(socket, message.seq);
    } else if (message.seq !== undefined && (this.#seq === undefined || this.#isLoading || message.seq >= this.#seq)) {
      if (!this.#isLoading) this.#seq = message.seq;
      this.#waiting.push(message);
      this.#flushSoon();
    }
  }

  #greeted(socket: WebSocket, message: LiveMessage): void {
    this.#attempts = 0;
    const isSame = this.#seq !== undefined && (message.instance === undefined || message.instance === this.#instance);
    this.#instance = message.instance;
    if (isSame) this.#state = 'live';
    else void this.#load(socket, message.seq);
  }

  /** Messages that come meanwhile wait: they may be about services that the list does not have yet. */
  async #load(socket: WebSocket, seq: number | undefined): Promise<void> {
    if (this.#state !== 'reconnecting') this.#state = 'loading';
    this.#isLoading = true;
    this.#waiting = this.#waiting.filter((message) => (message.seq ?? 0) > (seq ?? 0));
    try {
      await this.#options.load();
    } catch {
      // Closing leads to the next attempt, with its pause.
      if (socket === this.#socket) socket.close();
      return;
    }

    if (socket !== this.#socket) return;
    this.#isLoading = false;
    this.#seq = Math.max(seq ?? 0, ...this.#waiting.map((message) => message.seq ?? 0));
    this.#state = 'live';
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#isScheduled || this.#isLoading || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    this.#options.schedule(() => {
      this.#isScheduled = false;
      if (this.#isLoading) return;
      const messages = this.#waiting;
      this.#waiting = [];
      if (messages.length > 0) this.#options.take(messages);
    });
  }

  #closed(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    clearTimeout(this.#silence);

    // A list that was not read to its end is read anew.
    if (this.#isLoading) this.#seq = undefined;
    this.#isLoading = false;
    if (this.#state !== 'connecting') this.#state = 'reconnecting';
    const pause = Math.min(longestPause, firstPause * 2 ** this.#attempts++);
    const spread = pause * (0.5 + (this.#options.random ?? Math.random)() / 2);
    this.#retryAt = Date.now() + spread;
    this.#timer = setTimeout(() => this.connect(), spread);
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ask(), silenceLimit);
  }

  /** Pings are answered by the browser without telling us, so a quiet network is asked. */
  #ask(): void {
    const socket = this.#socket;
    if (!socket) return;
    if (socket.readyState === 1) socket.send('{"type":"ping"}');
    this.#silence = setTimeout(() => {
      // A dead connection may take minutes to close; it is left behind.
      socket.close();
      this.#closed(socket);
    }, answerLimit);
  }
}

const answerLimit = 10_000;
