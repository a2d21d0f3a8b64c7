// The bodies of the API. Everything but what is marked comes from the OpenAPI document through openapi-typescript, so that svelte-check
// finds a screen that no longer fits the server.
import type { components } from './openapi';

type Schemas = components['schemas'];

/** Members of the service that only a Beacon with health checks sends; absent from others. */
export interface HealthMembers {
  health?: 'healthy' | 'unhealthy' | 'unknown';
  flapping?: boolean;
  maintenance?: { until: string | null; reason?: string | null } | null;
}

export type Service = Schemas['Service'] & HealthMembers;
export type ServiceStatus = Schemas['Service']['status'];
export type ServiceDetail = Schemas['ServiceStatus'] & HealthMembers;
export type Announcement = Schemas['ServiceStatus']['mdns'];
export type ServicePage = Schemas['ServiceList'];
export type Registration = Schemas['Registration'];
export type Update = Schemas['Update'];
export type Lease = Schemas['Heartbeat'];
export type Health = Schemas['Health'];
export type Mdns = Schemas['Mdns'];
export type Configuration = Schemas['Configuration'];
export type KeptEvent = Schemas['Event'];
export type EventPage = Schemas['EventList'];
export type Problem = Schemas['ValidationError']['detail'][number];

/** Messages of the live connection (docs/live-api.md), which OpenAPI cannot describe. */
export interface LiveMessage {
  type: string;
  data?: Record<string, unknown>;
  seq?: number;
  timestamp?: number;
  instance?: string;
}
