// A reverse proxy as Umbrel's and others are: takes a path off the front, keeps the Host, says where the request came from, passes WebSockets on.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

export class Proxy {
    #server;

    static async start(target, prefix) {
        const proxy = new Proxy();
        await proxy.#listen(target, prefix);
        return proxy;
    }

    async #listen(target, prefix) {
        const strip = (path) => (path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null);
        this.#server = createServer((incoming, outgoing) => {
            const path = strip(incoming.url);
            if (path === null) {
                outgoing.writeHead(404).end('not below the prefix');
                return;
            }

            const headers = { ...incoming.headers, 'x-forwarded-for': '192.0.2.77', 'x-forwarded-proto': 'http' };
            const passed = request(
                { host: '127.0.0.1', port: target, method: incoming.method, path, headers },
                (answer) => {
                    outgoing.writeHead(answer.statusCode, answer.headers);
                    answer.pipe(outgoing);
                },
            );
            passed.on('error', () => outgoing.destroy());
            incoming.pipe(passed);
        });
        this.#server.on('upgrade', (incoming, socket, head) => {
            const path = strip(incoming.url);
            if (path === null) {
                socket.destroy();
                return;
            }

            const behind = connect(target, '127.0.0.1', () => {
                const lines = [`${incoming.method} ${path} HTTP/1.1`];
                for (let i = 0; i < incoming.rawHeaders.length; i += 2)
                    lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
                behind.write(`${lines.join('\r\n')}\r\n\r\n`);
                behind.write(head);
                behind.pipe(socket);
                socket.pipe(behind);
            });
            behind.on('error', () => socket.destroy());
            socket.on('error', () => behind.destroy());
        });
        await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
        this.url = `http://localhost:${this.#server.address().port}${prefix}`;
    }

    end() {
        this.#server.closeAllConnections();
        this.#server.close();
    }
}
