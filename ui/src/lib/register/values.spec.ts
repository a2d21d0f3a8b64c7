import { describe, expect, it } from 'vitest';
import { sample } from '../services/sample';
import { allFields, type Field } from './fields';
import { readField, serviceTypeFor, typedFrom } from './values';

const field = (name: string) => allFields.find((one) => one.name === name) as Field;

describe('What is typed', () => {
  it('becomes what the API takes', () => {
    expect(readField(field('port'), ' 8080 ')).toEqual({ value: 8080 });
    expect(readField(field('tags'), 'a, b,,a ')).toEqual({ value: ['a', 'b'] });
    expect(readField(field('metadata'), 'room=kitchen\n\n url = a=b')).toEqual({
      value: { room: 'kitchen', url: 'a=b' },
    });
    expect(readField(field('name'), '')).toBeUndefined();
  });

  it('is refused when it is no number and no pair', () => {
    expect(readField(field('port'), '80a')).toEqual({ problem: 'notNumber' });
    expect(readField(field('metadata'), 'a=1\nnonsense')).toEqual({ problem: 'notPair', line: 'nonsense' });
  });

  it('comes back from a service as it was', () => {
    const service = sample('a', { tags: ['x', 'y'], metadata: { room: 'hall' }, port: 1883 });
    const typed = typedFrom(service);

    expect(readField(field('tags'), typed['tags'] ?? '')).toEqual({ value: service.tags });
    expect(readField(field('metadata'), typed['metadata'] ?? '')).toEqual({ value: service.metadata });
    expect(Object.keys(typed).sort()).toEqual(allFields.map((one) => one.name).sort());
  });

  it.each([
    ['mqtt', 'http', '', '_mqtt._tcp'],
    ['', '', '', '_http._tcp'],
    ['api', 'http', '', '_http._tcp'],
    ['coap', 'UDP', '', '_coap._udp'],
    ['My Weather Station', 'http', '', '_my-weather-stat._tcp'],
    ['x', 'http', '_ipp._tcp,_printer', '_ipp._tcp'],
  ])('is announced as: %s over %s, %s → %s', (type, protocol, given, expected) => {
    expect(serviceTypeFor(type, protocol, given)).toBe(expected);
  });
});
