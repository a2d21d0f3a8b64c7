import { ApiError, type Client } from '../api/client';
import type { Registration, Service, Update } from '../api/contracts';
import type { Texts } from '../i18n/en';
import type { ServiceActions } from '../services/service-actions';
import { allFields, fieldGroups } from './fields';
import { readField, serviceTypeFor, typedFrom, type Typed } from './values';

/** As the OpenAPI document states it, which is made from the table that checks requests. */
export interface Bound {
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

interface Document {
  components: { schemas: { Registration: { properties: Record<string, Bound> } } };
}

const blank: Typed = Object.fromEntries(allFields.map(({ name, kind }) => [name, kind === 'switch' ? true : '']));

/** What is typed, what of it is wrong, and what it would be as a request. */
export class RegistrationForm {
  readonly #client: Client;
  readonly #actions: ServiceActions;
  readonly #texts: () => Texts['form'];
  #typed = $state<Typed>({ ...blank });
  #bounds = $state.raw<Record<string, Bound>>({});
  #problems = $state.raw<Record<string, string>>({});
  #others = $state.raw<readonly string[]>([]);
  #isSending = $state(false);
  #editing = $state<string | undefined>();
  #before: Typed = blank;

  constructor(client: Client, actions: ServiceActions, texts: () => Texts['form']) {
    this.#client = client;
    this.#actions = actions;
    this.#texts = texts;
  }

  get isFilled(): boolean {
    return this.#editing !== undefined;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  get otherProblems(): readonly string[] {
    return this.#others;
  }

  get hasProblems(): boolean {
    return Object.keys(this.#problems).length > 0;
  }

  valueOf(name: string): string | boolean {
    return this.#typed[name] ?? '';
  }

  boundOf(name: string): Bound {
    return this.#bounds[name] ?? {};
  }

  problemOf(name: string): string | undefined {
    return this.#problems[name];
  }

  set(name: string, value: string | boolean): void {
    this.#typed[name] = value;
    if (this.#problems[name] === undefined) return;
    this.#problems = Object.fromEntries(Object.entries(this.#problems).filter(([other]) => other !== name));
  }

  fill(service: Service): void {
    this.#editing = service.service_id;
    this.#before = typedFrom(service);
    this.#typed = { ...this.#before };
  }

  async readBounds(): Promise<void> {
    try {
      this.#bounds = (await this.#client.document<Document>()).components.schemas.Registration.properties;
    } catch {
      // The form works without: the server checks anyway.
    }
  }

  /** The name under which the network will find it. */
  announcedAs(domain: string): string {
    const text = (name: string) => String(this.#typed[name] ?? '').trim();
    if (!text('name')) return '';
    const target = text('host') && text('port') ? ` → ${text('host')}:${text('port')}` : '';
    return `${text('name')}.${serviceTypeFor(text('type'), text('protocol'), text('mdns_service_type'))}.${domain}${target}`;
  }

  asCurl(api: string): string {
    const body = JSON.stringify(this.#read().body, null, 2).replaceAll("'", `'\\''`);
    const [method, path] =
      this.#editing === undefined ? ['', '/services/register'] : ['-X PUT ', `/services/${this.#editing}`];
    return `curl ${method}-d '${body}' \\\n  ${api}${path}`;
  }

  /** The service as it is now; undefined when something is wrong with what was typed. */
  async send(): Promise<Service | undefined> {
    const { body, problems } = this.#read();
    this.#problems = problems;
    this.#others = [];
    if (this.hasProblems) return undefined;
    this.#isSending = true;
    try {
      return this.#editing === undefined
        ? await this.#actions.register(body as unknown as Registration)
        : await this.#actions.update(this.#editing, body as unknown as Update);
    } catch (error) {
      if (!(error instanceof ApiError) || (error.problems.length === 0 && error.status !== 409)) throw error;
      this.#place(error);
      return undefined;
    } finally {
      this.#isSending = false;
    }
  }

  /** Each of the server's sentences beside its field; what belongs to none is said below. */
  #place(error: ApiError): void {
    const problems: Record<string, string> = {};
    const others: string[] = error.problems.length === 0 ? [error.message] : [];
    for (const { loc, msg } of error.problems) {
      const name = String(loc[1] ?? '');
      const entry = loc.length > 2 ? `${String(loc.at(-1))}: ` : '';
      if (allFields.some((field) => field.name === name))
        problems[name] = [problems[name], entry + msg].filter(Boolean).join('; ');
      else others.push(`${loc.slice(1).join('.')}: ${msg}`);
    }

    this.#problems = problems;
    this.#others = others;
  }

  #read(): { body: Record<string, unknown>; problems: Record<string, string> } {
    const isEdit = this.#editing !== undefined;
    const body: Record<string, unknown> = {};
    const problems: Record<string, string> = {};
    for (const field of fieldGroups(isEdit).flatMap((group) => group.fields)) {
      const typed = this.#typed[field.name] ?? '';
      // Only what was changed is sent, so that what somebody else changes meanwhile stays.
      if (typed === (isEdit ? this.#before[field.name] : blank[field.name])) continue;
      const reading = readField(field, typed);
      if (reading && 'value' in reading) body[field.name] = reading.value;
      else if (reading)
        problems[field.name] =
          reading.problem === 'notPair' ? this.#texts().notPair(reading.line) : this.#texts().notNumber;
      else if (isEdit) body[field.name] = emptied[field.name] ?? '';
    }

    return { body, problems };
  }
}

/** What an emptied field means to the API when it is not an empty text. */
const emptied: Record<string, unknown> = { health_check_url: null, health_check_interval: null };
