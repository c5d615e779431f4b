import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { fullImportPath, type ConnectionValues } from './instructions.ts';

type CyberduckInstructionsProps = {
  tableId: number;
  tableName: string;
  values: Omit<ConnectionValues, 'secretAccessKey'>;
};

/** In Cyberduck's own words, so that its dialogs can be filled in from top to bottom. */
export function CyberduckInstructions({ tableId, tableName, values }: CyberduckInstructionsProps) {
  const endpoint = new URL(values.endpoint);
  const isSecure = endpoint.protocol === 'https:';
  return (
    <div className="flex flex-col gap-4 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-md border bg-canvas px-3 py-2.5">
        <p className="min-w-0 flex-1 basis-60 text-pretty">
          The bookmark file has everything but the secret. Open it with Cyberduck and go on with
          step 5.
        </p>
        <a href={`/api/tables/${tableId}/bookmark.duck`} download className={buttonStyles({})}>
          <Download aria-hidden />
          Download bookmark
        </a>
      </div>
      <ol className="flex list-decimal flex-col gap-3 pl-5 marker:text-muted-foreground">
        <li>
          Launch Cyberduck and create a new bookmark: <Menu>Bookmark</Menu> &gt;{' '}
          <Menu>New Bookmark</Menu>.
        </li>
        <li>
          Choose the profile <Menu>{isSecure ? 'Amazon S3' : 'S3 (HTTP)'}</Menu>
          {!isSecure && (
            <>
              , which is under <Menu>Preferences</Menu> &gt; <Menu>Profiles</Menu>
            </>
          )}
          , and enter a descriptive name, the server and your AWS Access Key.
          <Fields>
            <BookmarkField label="Nickname" value={tableName} />
            <BookmarkField label="Server" value={endpoint.hostname} />
            <BookmarkField label="Port" value={endpoint.port || (isSecure ? '443' : '80')} />
            <BookmarkField label="Access Key ID" value={values.accessKeyId} />
          </Fields>
        </li>
        <li>
          Click <Menu>More Options</Menu> to enter the S3 Import Path. Cyberduck needs all of it,
          with the bucket.
          <Fields>
            <BookmarkField label="Path" value={fullImportPath(values)} />
          </Fields>
        </li>
        <li>Close the bookmark window; the bookmark is saved.</li>
        <li>
          View your bookmarks and double-click this one to connect. Cyberduck asks for the{' '}
          <Menu>Secret Access Key</Menu>: copy it above.
        </li>
        <li>
          You are now in the table&apos;s folder of the S3 bucket. Drag and drop files to upload
          them.
        </li>
      </ol>
    </div>
  );
}

function Menu({ children }: { children: ReactNode }) {
  return <span className="font-medium">{children}</span>;
}

function Fields({ children }: { children: ReactNode }) {
  return <dl className="mt-1.5 divide-y rounded-md border bg-canvas">{children}</dl>;
}

function BookmarkField({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-center gap-2 py-0.5 pr-1 pl-2.5">
      <dt className="w-28 shrink-0 text-xs text-muted-foreground">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
        <code className="min-w-0 font-mono text-xs break-all">{value}</code>
        <CopyButton text={value} label={`Copy ${label}`} size="inline" />
      </dd>
    </div>
  );
}
