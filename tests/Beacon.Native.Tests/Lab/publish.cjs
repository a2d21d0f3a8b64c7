// Publishes a service with ciao and prints the names it got, as JSON, each time they change. argv: TYPE NAME PORT HOSTNAME
// It has a TXT record on purpose: ciao 1.3.12 takes the announcement of its own empty one for a rival's and never comes to rest.
'use strict';
const { getResponder } = require('@homebridge/ciao');

const [type, name, port, hostname] = process.argv.slice(2);
const service = getResponder({ interface: 'eth0' }).createService({
    name,
    type: type.replace(/^_/, '').replace(/\._tcp$/, ''),
    port: Number(port),
    hostname,
    txt: { by: 'ciao' },
});

const print = (held) => console.log(JSON.stringify({ held, name: service.getFQDN().split('._')[0], host: service.getHostname() }));
service.on('name-change', () => print(false));
service.on('hostname-change', () => print(false));
service.advertise().then(() => print(true), (error) => console.error(String(error)));
