"""Gradient flow of sparse networks in PyTorch, as Gradient Flow Lab defines it: gf1, gf2, egf1, egf2 for its `lab import`.

g_l = dC/d(weight_l) at masked weights, of all entries; C: mean loss over the probe, without weight decay.
gf_p = ||all g_l||_p, masked entries included; egf_p = mean over layers of ||g_l * mask_l||_p.
The paper's scalar is the mean over 11 epochs, those of `eleven_epochs`.
"""
import copy, csv, os, torch


def gradient_flow(model, masks, x, y, batch_size, loss=torch.nn.functional.cross_entropy):
    """masks: {"layers.0.weight": ones and zeros, or None where dense} of all masked layers' weights, output layer included.
    The model's weights are masked themselves; if it multiplied them by masks, masked entries would have no gradients.
    x, y: the probe, fixed training examples without augmentation; batch_size: of training, whose statistics BatchNorm uses.
    """
    model = copy.deepcopy(model).eval()  # no dropout, and nothing of the caller's is changed
    for module in model.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.train().track_running_stats = False
    weights = [model.get_parameter(name) for name in masks]
    masks = [torch.ones_like(w) if m is None else m.to(w) for w, m in zip(weights, masks.values())]
    for weight, mask in zip(weights, masks):
        weight.data.mul_(mask)
    sizes = [len(chunk) for chunk in y.split(batch_size)]
    if len(sizes) > 1 and sizes[-1] < 2:  # BatchNorm has no statistics of one example
        sizes[-2:] = [sizes[-2] + sizes[-1]]
    g = [torch.zeros_like(w, dtype=torch.float64) for w in weights]
    for inputs, labels in zip(x.split(sizes), y.split(sizes)):
        part = torch.autograd.grad(loss(model(inputs), labels) * (len(labels) / len(y)), weights)
        g = [total + chunk.double() for total, chunk in zip(g, part)]
    active = [total * mask for total, mask in zip(g, masks)]
    if any(a.any() for a in active) and any((m == 0).any() for m in masks) and all(torch.equal(a, total) for a, total in zip(active, g)):
        raise ValueError("no masked weight has a gradient: does the model multiply weights by masks? Mask the weights themselves instead")
    return {f"gf{p}": torch.cat([total.flatten() for total in g]).norm(p).item() for p in (1, 2)} | {
        f"egf{p}": sum(a.norm(p).item() for a in active) / len(active) for p in (1, 2)}


def eleven_epochs(epochs):
    """After which epochs, counted from 1, to measure."""
    return sorted({-(-k * epochs // 11) for k in range(1, 12)})


def append_row(path, row):
    """Adds a run to the file, a dict by column; its first row names the columns, later ones may leave some out."""
    is_new = not os.path.exists(path)
    columns = list(row) if is_new else next(csv.reader(open(path, newline="", encoding="utf-8")))
    with open(path, "a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        if is_new:
            writer.writeheader()
        writer.writerow(row)
