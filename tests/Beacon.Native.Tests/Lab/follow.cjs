// Follows one service type with bonjour-service and prints what it learns, a line of JSON each. argv: TYPE FAMILY, FAMILY being 4 or 6.
// It reads only packets that hold PTR, SRV and TXT together, so it is made to ask again every second, as its users do.
'use strict';
const { Bonjour } = require('bonjour-service');

const SECOND = 1000;
const type = process.argv[2].replace(/^_/, '').replace(/\._tcp$/, '');
const sockets = process.argv[3] === '6'
    ? { type: 'udp6', ip: 'ff02::fb', interface: '::%eth0', bind: '::' }
    : { interface: require('os').networkInterfaces().eth0.find((x) => x.family === 'IPv4').address, bind: '0.0.0.0' };

const print = (event, service) => console.log(JSON.stringify({
    event,
    name: service.name ?? '',
    addresses: service.addresses ?? [],
    port: service.port ?? 0,
    txt: Object.fromEntries(Object.entries(service.txt ?? {}).map(([key, value]) => [key, String(value)])),
}));

const browser = new Bonjour(sockets).find({ type });
browser.on('up', (service) => print('there', service));
browser.on('srv-update', (service) => print('there', service));
browser.on('txt-update', (service) => print('there', service));
browser.on('down', (service) => print('gone', service));
setInterval(() => browser.update(), SECOND);
print('ready', {});
