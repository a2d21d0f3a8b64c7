// A small web server on the loopback address for Beacon to check: it answers with the status it is told to.
import { createServer } from 'node:http';

export class Target {
    #server;
    status = 200;
    asked = 0;

    static async start() {
        const target = new Target();
        target.#server = createServer((request, response) => {
            target.asked++;
            response.writeHead(target.status, { 'content-type': 'text/plain' }).end('well');
        });
        await new Promise((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
        return target;
    }

    get url() {
        return `http://localhost:${this.#server.address().port}/`;
    }

    end() {
        this.#server.closeAllConnections();
        return new Promise((resolve) => this.#server.close(resolve));
    }
}
