import type { Change } from '@shared/contract/changes'
import type { NumberedChange } from '../../src-main/lab/changes'
import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../../src-main/lab/changes'

/** The next `count` of a listener. */
async function take(listener: ReturnType<ChangeFeed['listen']>, count: number) {
  const taken = []
  while (taken.length < count)
    taken.push((await listener.next()).value!)
  return taken
}

function epoch(epoch: number): Change {
  return { kind: 'epoch', run: 1, epoch, experiments: ['x'] }
}

describe('the feed of changes', () => {
  it('tells every listener what comes, in order', async () => {
    const feed = new ChangeFeed()
    feed.publish(epoch(0))
    const [a, b] = [feed.listen(), feed.listen()]
    const [first, second] = [take(a, 3), take(b, 3)]
    feed.publish(epoch(1))
    feed.publish(epoch(2))
    for (const taken of [await first, await second])
      expect(taken.map(({ change }) => change)).toEqual([{ kind: 'all' }, epoch(1), epoch(2)])
  })

  it('tells who comes back what was missed, exactly once', async () => {
    const feed = new ChangeFeed()
    const listener = feed.listen()
    const taking = take(listener, 2)
    feed.publish(epoch(1))
    const { id } = (await taking)[1]!
    await listener.return()
    feed.publish(epoch(2))
    feed.publish(epoch(3))
    const back = feed.listen({ after: id })
    expect((await take(back, 2)).map(({ change }) => change)).toEqual([epoch(2), epoch(3)])
    const next = take(back, 1)
    feed.publish(epoch(4))
    expect((await next)[0]!.change).toEqual(epoch(4))
  })

  it('says all to who comes back from another process, and goes on from there', async () => {
    const before = new ChangeFeed()
    const listener = before.listen()
    const taking = take(listener, 1)
    before.publish(epoch(1))
    const { id } = (await taking)[0]!
    const after = new ChangeFeed()
    after.publish(epoch(2))
    const back = after.listen({ after: id })
    const [all] = await take(back, 1)
    expect(all!.change).toEqual({ kind: 'all' })
    const next = take(back, 1)
    after.publish(epoch(3))
    expect((await next)[0]!.change).toEqual(epoch(3))
    // That id is as good as any.
    expect((await take(after.listen({ after: all!.id }), 1))[0]!.change).toEqual(epoch(3))
  })

  it('says all to who is new, who has an id then if nothing else happens before the connection is lost', async () => {
    const feed = new ChangeFeed()
    const [{ id, change }] = await take(feed.listen(), 1) as [NumberedChange]
    expect(change).toEqual({ kind: 'all' })
    feed.publish(epoch(1))
    expect((await take(feed.listen({ after: id }), 1))[0]!.change).toEqual(epoch(1))
  })

  it('says all to who has missed more than is kept', async () => {
    const feed = new ChangeFeed()
    const listener = feed.listen()
    const taking = take(listener, 1)
    feed.publish(epoch(0))
    const { id } = (await taking)[0]!
    for (let i = 1; i <= 20_000; i++)
      feed.publish(epoch(i))
    expect((await take(feed.listen({ after: id }), 1))[0]!.change).toEqual({ kind: 'all' })
    // A listener that is that slow too.
    expect((await take(listener, 1))[0]!.change).toEqual({ kind: 'all' })
  })

  it('ends when its signal is aborted', async () => {
    const abort = new AbortController()
    const listener = new ChangeFeed().listen({ signal: abort.signal })
    await take(listener, 1)
    const next = listener.next()
    abort.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})
