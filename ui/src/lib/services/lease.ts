import type { ServiceEntry } from './service-entry';

/** A lease this short is worth a look, whatever its length. */
export const soonMilliseconds = 120_000;
const soonShare = 0.25;
const lastShare = 0.1;

export interface LeaseState {
  /** Milliseconds. */
  left: number;
  level: 'well' | 'soon' | 'last' | 'ended';
}

/** A client that renews at half or two thirds of its lease, as most do, never gets to the last quarter. */
export function leaseOf(entry: ServiceEntry, now: number): LeaseState {
  const left = entry.expiresAt - now;
  const share = left / Math.max(1, entry.expiresAt - entry.lastHeartbeat);
  const level =
    entry.status === 'expired' || left <= 0
      ? 'ended'
      : share < lastShare
        ? 'last'
        : share < soonShare
          ? 'soon'
          : 'well';
  return { left: Math.max(0, left), level };
}
