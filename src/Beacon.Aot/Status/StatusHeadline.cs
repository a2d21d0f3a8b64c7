using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>The one sentence that most people come for.</summary>
internal readonly record struct StatusHeadline(string Text, ServiceCondition Sign)
{
    public static StatusHeadline Of(StatusBoard board, StatusTexts texts)
    {
        if (board.InTrouble > 0)
        {
            return new(texts.Trouble(board.InTrouble), ServiceCondition.Down);
        }

        if (board.IsBlind)
        {
            return new(texts.Blind, ServiceCondition.Unknown);
        }

        if (board.Total == 0)
        {
            return new(texts.Nothing, ServiceCondition.Unknown);
        }

        if (board.Count(ServiceCondition.Maintenance) is > 0 and var maintained)
        {
            return new(texts.InMaintenance(maintained), ServiceCondition.Maintenance);
        }

        return board.Count(ServiceCondition.Unknown) == board.Total
            ? new(texts.NotCheckedYet, ServiceCondition.Unknown)
            : new(texts.AllWell, ServiceCondition.Up);
    }
}
