// Links as the page has made them, kept as they were. A link is never edited or taken out here: each stands for those
// that people have in tickets and chats. Whoever changes the format adds one of its own.

export type OldLink = {
  /** What of the format it stands for. */
  readonly about: string;
  /** What follows the page's address. */
  readonly link: string;
  /** The view that it opens, as today's page writes it. */
  readonly opens: string;
  /** The flows inside as compact lines, the one that is linked to first; empty when there is none. */
  readonly flows: readonly string[];
};

export const OLD_LINKS: readonly OldLink[] = [
  {
    about: 'view 1, without a flow inside',
    link: '?v=1&q=verdict:DROPPED+namespace:shop&at=2026-11-21T12:06:41.5Z&sort=-time&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10',
    opens:
      '?v=2&q=verdict:DROPPED+namespace:shop&at=2026-11-21T12:06:41.5Z&panes=flows&sort=-time&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10',
    flows: [],
  },
  {
    about: 'view 1, every field of the table that early versions had',
    link: '?v=1&q=(pod:a+or+pod:b)&window=5m&by=type&panes=flows&columns=time,verdict&group=1&lines=1&find=SYN&detail=1&time=rel&tz=local',
    opens:
      '?v=2&q=%28pod:a+or+pod:b%29&window=5m&by=type&panes=flows&columns=time,verdict&group=1&lines=1&find=SYN&detail=1&time=rel&tz=local',
    flows: [],
  },
  {
    about: 'view 1, fragment 1 with one flow',
    link: '?v=1&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10&detail=1#f=1.u8rMtYaZi5tjwddFp9kEps56byXAJNHKqKTGJZiYamVoaGVkZGVsbGViYmVqKiSYhC6kJc7FaWigZ6BnqGdmIMQBZZpKMBrxcHFxfLnHJBAgxSTA6BTLcYJV4PQKRin2lNS0xNKcEiX1bItiq8x8vezSpNSivNSS1GK9gvwUvbzE3NTigsTkVFuYQgGQwvyidNvEnJzMxLzkVC3WivLMvHQrzuzMvBRdEOHVwcgRIdD2kRzj-WDGp-YWZBalakmlpCaWZBSXJBbpmluYWKSYJZukmOqWZFiWGRmJc3HCZYW4XFILcvIrc1PzSpCcEsAYJQrn6INZ5flF2alFsxhZORgFWhk3MDKeYGxlnMSkYpBimmSebJiqa5xskKprkmhqrGuZaGqqa5himWyaZpRmnmho0PTKgC_EOUDBLScxvdhKITjS75AddvNP2SFHIgA',
    opens: '?v=2&panes=flows&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10&detail=1',
    flows: [
      'Jan 15 10:00:00.123: default/xwing:44916 (ID:21579) <> default/deathstar-7848d6c4d5-th9v2:80 (ID:30854) Policy denied DROPPED (TCP Flags: SYN)',
    ],
  },
  {
    about: 'view 1, fragment 1 with a flow and the verdict that goes with it',
    link: '?v=1&at=2026-01-15T10:00:01Z&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10&detail=1#f=1.u8rMtYaZi5tjwddFp9kEps56byXAJNHKqKTGJZiYamVoaGVkZGVsbGViYmVqKiSYhC6kJc7FaWigZ6BnqGdmIMQBZZpKMBrxcHFxfLnHJBAgxSTA6BTLcYJV4PQKRin2lNS0xNKcEiX1bItiq8x8vezSpNSivNSS1GK9gvwUvbzE3NTigsTkVFuYQgGQwvyidNvEnJzMxLzkVC3WivLMvHQrzuzMvBRdEOHVwcgRIdD2kRzj-WDGp-YWZBalakmlpCaWZBSXJBbpmluYWKSYJZukmOqWZFiWGRmJc3HCZYW4XFILcvIrc1PzSpCcEsAYJQrn6INZ5flF2alFsxhZORgFWhk3MDKeYGxlnMSkYpBimmSebJiqa5xskKprkmhqrGuZaGqqa5himWyaZpRmnmho0PTKgC_EOUDBLScxvdhKITjS75AddvNP2SFH4iVmrpWIaJ3w9N1otNIqWpk4WEmKU0Ny4hQUgwA',
    opens: '?v=2&at=2026-01-15T10:00:01Z&panes=flows&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10&detail=1',
    flows: [
      'Jan 15 10:00:00.123: default/xwing:44916 (ID:21579) <> default/deathstar-7848d6c4d5-th9v2:80 (ID:30854) Policy denied DROPPED (TCP Flags: SYN)',
      'Jan 15 10:00:00.123: default/xwing:44916 (ID:21579) <> default/deathstar-7848d6c4d5-th9v2:80 (ID:30854) policy-verdict:none INGRESS DENIED (TCP Flags: SYN)',
    ],
  },
  {
    about: 'view 2, its own map and flows',
    link: '?v=2&q=verdict:DROPPED&scope=pod&detail=1',
    opens: '?v=2&q=verdict:DROPPED&detail=1&scope=pod',
    flows: [],
  },
];
