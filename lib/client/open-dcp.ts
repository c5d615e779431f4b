import { Aliases } from './aliases.ts';
import { Attributes } from './attributes.ts';
import { Audiences } from './audiences.ts';
import { PrivacyRequests } from './privacy-requests.ts';
import { Profiles } from './profiles.ts';
import { Projects } from './projects.ts';
import { Services } from './services.ts';
import { Tables } from './tables.ts';
import { Transport, type TransportOptions } from './transport.ts';
import { Uploads } from './uploads.ts';

export { OpenDcpError } from './client-error.ts';

/**
 * The REST API with types. Runs in Node and in browsers, and needs nothing of the server's code.
 *
 * @example
 * const dcp = new OpenDcp({ url: 'http://127.0.0.1:3000', token: 'abcdefghijklmnopqrstuvwxyz:123456' });
 * const { data } = await dcp.profiles.get({ service: 1, table: 2, customerId: 'c-1001' });
 */
export class OpenDcp {
  readonly projects: Projects;
  readonly services: Services;
  readonly tables: Tables;
  readonly attributes: Attributes;
  readonly uploads: Uploads;
  readonly profiles: Profiles;
  readonly aliases: Aliases;
  readonly audiences: Audiences;
  readonly privacyRequests: PrivacyRequests;

  constructor(options: TransportOptions) {
    const transport = new Transport(options);
    this.projects = new Projects(transport);
    this.services = new Services(transport);
    this.tables = new Tables(transport);
    this.attributes = new Attributes(transport);
    this.uploads = new Uploads(transport);
    this.profiles = new Profiles(transport);
    this.aliases = new Aliases(transport);
    this.audiences = new Audiences(transport);
    this.privacyRequests = new PrivacyRequests(transport);
  }
}
