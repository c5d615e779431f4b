// node plain-server.ts <table id> <attribute ids of all columns> <those that are written>: what a bare server with pg can do. The
// same rows by the same prepared statements in sessions like the product's own, without tokens, checks, or anything else. Says its port to its parent.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { getRowPool } from '#lib/db/pool.ts';

const [tableId = '', columns = '', written = ''] = process.argv.slice(2);
const table = `profiles.t_${tableId}`;
const pool = getRowPool();

const read = {
  name: 'read',
  text: `SELECT ${columns
    .split(',')
    .map((id) => `a_${id}::text`)
    .join(', ')} FROM ${table} WHERE customer_id = $1`,
};
const write = {
  name: 'write',
  text: `UPDATE ${table} SET ${written
    .split(',')
    .map((id, index) => `a_${id} = $${index + 2}`)
    .join(', ')}, updated_at = now(), upload_id = NULL WHERE customer_id = $1`,
};

const server = createServer((request, response) => {
  const customerId = (request.url ?? '').slice(1 + (request.url ?? '').lastIndexOf('/'));
  if (request.method === 'GET') {
    void pool.query({ ...read, values: [customerId] }).then(({ rows }) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(rows[0]));
    });
    return;
  }
  void buffer(request)
    .then((body) => {
      const { data } = JSON.parse(body.toString()) as { data: Record<string, unknown> };
      return pool.query({ ...write, values: [customerId, ...Object.values(data)] });
    })
    .then(() => response.writeHead(201, { 'content-length': 0 }).end());
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit(0));
