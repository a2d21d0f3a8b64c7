// What is read out of mDNS answers, and what is not. Discovery on a real wire is in clients/tests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAnswer } from '../beacon-client.js'

const NUMBER = 0x1234
const A = 1, PTR = 12, TXT = 16, AAAA = 28, SRV = 33
const SERVICE = ['_beacon', '_tcp', 'local']
const INSTANCE = ['Beacon', ...SERVICE]
const HOST = ['beacon', 'local']

const u16 = value => [value >> 8, value & 0xff]
const name = labels => [...labels.flatMap(label => [Buffer.byteLength(label), ...Buffer.from(label)]), 0]
const record = (labels, type, data, ofClass = 1) => [...name(labels), ...u16(type), ...u16(ofClass), 0, 0, 0, 10, ...u16(data.length), ...data]
const text = (...entries) => record(INSTANCE, TXT, entries.flatMap(entry => [Buffer.byteLength(entry), ...Buffer.from(entry)]))
const answer = (records, { number = NUMBER, flags = 0x8400 } = {}) =>
  Buffer.from([...[number, flags, 1, records.length, 0, 0].flatMap(u16), ...name(SERVICE), ...u16(PTR), ...u16(1), ...records.flat()])
const read = (records, source = '192.0.2.1', options) => readAnswer(answer(records, options), NUMBER, source)

const pointer = record(SERVICE, PTR, name(INSTANCE))
const place = record(INSTANCE, SRV, [...u16(0), ...u16(0), ...u16(8080), ...name(HOST)], 0x8001)
const address = record(HOST, A, [192, 0, 2, 1])

test('the address comes from the answer and the path from its text', () => {
  assert.equal(read([pointer, place, text('path=/', 'api=/my/api'), address]), 'http://192.0.2.1:8080/my/api')
  assert.equal(read([pointer, place, address]), 'http://192.0.2.1:8080/api/v1')
})

test('names are compared without regard to case', () => {
  const loud = record(['BEACON', ...SERVICE], SRV, [...u16(0), ...u16(0), ...u16(80), ...name(['Beacon', 'LOCAL'])])
  assert.equal(read([pointer, loud, address]), 'http://192.0.2.1:80/api/v1')
})

test('of several addresses the one that answered is taken, then IPv4', () => {
  const other = record(HOST, A, [198, 51, 100, 9])
  const six = record(HOST, AAAA, [0xfd, ...Array(14).fill(0), 1])
  const link = record(HOST, AAAA, [0xfe, 0x80, ...Array(13).fill(0), 1])
  assert.equal(read([pointer, place, other, address]), 'http://192.0.2.1:8080/api/v1')
  assert.equal(read([pointer, place, six, address], 'fe80::1%eth0'), 'http://192.0.2.1:8080/api/v1')
  assert.equal(read([pointer, place, six, link], 'fe80::1%eth0'), 'http://[fd00::1]:8080/api/v1')
  assert.equal(read([pointer, place, link], 'fe80::1%eth0'), undefined)
})

test('an answer to another question is none', () => {
  const whole = [pointer, place, address]
  assert.equal(read(whole, '192.0.2.1', { number: NUMBER + 1 }), undefined)
  assert.equal(read(whole, '192.0.2.1', { flags: 0 }), undefined)
  assert.equal(read(whole, '192.0.2.1', { flags: 0x8403 }), undefined)
  for (const part of [[place, address], [pointer, address], [pointer, place]]) assert.equal(read(part), undefined)
})

test('a path that could lead elsewhere is not taken', () => {
  for (const path of ['@evil.example', '/a b', '/a\r\nX: y', '/a?b', '/a#b', '/ä']) {
    assert.equal(read([pointer, place, text(`api=${path}`), address]), 'http://192.0.2.1:8080/api/v1')
  }
})

test('pointers in circles and forward end', () => {
  const header = [NUMBER, 0x8400, 1, 1, 0, 0].flatMap(u16)
  for (const bytes of [[0xc0, 12], [0xc0, 14, 0xc0, 12], [0xc0, 0xff], [1, 97, 0xc0, 12], [0x3f], [0x80], [0xc0]]) {
    assert.equal(readAnswer(Buffer.from([...header, ...bytes, ...u16(PTR), ...u16(1)]), NUMBER, '192.0.2.1'), undefined)
  }
})

test('no damage is more than no answer', () => {
  const whole = answer([pointer, place, text('api=/my/api'), address])
  for (let length = 0; length < whole.length; length++) assert.equal(readAnswer(whole.subarray(0, length), NUMBER, '192.0.2.1'), undefined)
  for (let run = 0; run < 5_000; run++) {
    const damaged = Buffer.from(whole)
    for (let bytes = 1 + Math.floor(Math.random() * 5); bytes > 0; bytes--) damaged[2 + Math.floor(Math.random() * (whole.length - 2))] = Math.floor(Math.random() * 256)
    const found = readAnswer(damaged, NUMBER, '192.0.2.1')
    assert.ok(found === undefined || found.startsWith('http://'), `${damaged.toString('hex')}: ${found}`)
  }
})

test('counts that lie cost nothing', () => {
  assert.equal(readAnswer(Buffer.from([NUMBER, 0x8400, 65535, 65535, 65535, 65535].flatMap(u16)), NUMBER, '192.0.2.1'), undefined)
  assert.equal(readAnswer(Buffer.concat([Buffer.from([NUMBER, 0x8400, 0, 65535, 0, 0].flatMap(u16)), Buffer.alloc(8988)]), NUMBER, '192.0.2.1'), undefined)
})
