/** GET /services/{id}/health, read leniently: what a server leaves out is not drawn. */
export interface HealthHistory {
  /** Share of the period, 0 to 1, by window; undefined without results. */
  uptime: Record<string, number | undefined>;
  points: HealthPoint[];
  incidents: Incident[];
}

export interface HealthPoint {
  /** Seconds since 1970. */
  at: number;
  /** Share of good results, 0 to 1. */
  up: number | null;
  mean: number | null;
  p95: number | null;
}

export interface Incident {
  began: string;
  ended: string | null;
  reason: string;
}

type Json = Record<string, unknown>;

export function readHistory(answer: unknown): HealthHistory | undefined {
  if (!isObject(answer)) return undefined;
  const series = Array.isArray(answer['series']) ? answer['series'] : [];
  const uptime = answer['uptime'];
  return {
    uptime: isObject(uptime)
      ? Object.fromEntries(Object.entries(uptime).map(([window, share]) => [window, number(share) ?? undefined]))
      : {},
    points: series.filter(isObject).map((point) => ({
      at: seconds(point['time'] ?? point['at']),
      up: number(point['up_ratio'] ?? point['up']),
      mean: number(point['mean_ms']),
      p95: number(point['p95_ms']),
    })),
    incidents: (Array.isArray(answer['incidents']) ? answer['incidents'] : []).filter(isObject).map((incident) => ({
      began: text(incident['started_at'] ?? incident['began']),
      ended: text(incident['ended_at'] ?? incident['ended']) || null,
      reason: text(incident['reason'] ?? incident['cause']),
    })),
  };
}

/** Stretches in which at least one result was bad, for the chart to shade. */
export function downBands(points: readonly HealthPoint[]): { from: number; to: number; colour: 'bad' }[] {
  const bands: { from: number; to: number; colour: 'bad' }[] = [];
  for (const [index, point] of points.entries()) {
    if (point.up === null || point.up >= 1) continue;
    const to = points[index + 1]?.at ?? point.at + (point.at - (points[index - 1]?.at ?? point.at - 60));
    const last = bands.at(-1);
    if (last?.to === point.at) last.to = to;
    else bands.push({ from: point.at, to, colour: 'bad' });
  }

  return bands;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const seconds = (value: unknown): number => (typeof value === 'number' ? value : Date.parse(text(value)) / 1000);
