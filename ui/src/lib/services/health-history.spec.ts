import { describe, expect, it } from 'vitest';
import { downBands, readHistory } from './health-history';

const point = (at: number, up: number | null) => ({ at, up, mean: 1, p95: 2 });

describe('Health history', () => {
  it('shades the stretches in which checks failed, joined where they touch', () => {
    expect(downBands([point(0, 1), point(60, 0.5), point(120, 0), point(180, 1), point(240, 0)])).toEqual([
      { from: 60, to: 180, colour: 'bad' },
      { from: 240, to: 300, colour: 'bad' },
    ]);
  });

  it('reads what it knows and is not disturbed by the rest', () => {
    expect(readHistory(undefined)).toBeUndefined();
    expect(readHistory({ series: [null, { time: '1970-01-01T00:01:00Z', up_ratio: 1 }], incidents: 'no' })).toEqual({
      uptime: {},
      points: [{ at: 60, up: 1, mean: null, p95: null }],
      incidents: [],
    });
  });
});
