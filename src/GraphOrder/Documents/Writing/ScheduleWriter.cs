using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>Writes a schedule as a plan, or a refusal for its blackouts, holds it.</summary>
internal static class ScheduleWriter
{
    /// <summary>Writes the member <c>schedule</c>.</summary>
    /// <param name="rows">Where to.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="withSteps">Whether the steps it speaks of are in the document.</param>
    public static void Write(RowWriter rows, Schedule schedule, bool withSteps)
    {
        rows.NeedComma();
        rows.BeginEntry("  "u8);
        rows.Layout("\"schedule\": {"u8);
        Number(rows, "sumMicroseconds", schedule.SumMicroseconds, isFirst: true);
        Number(rows, "sumMicrosecondsMin", schedule.SumMicrosecondsMin);
        Number(rows, "oneByOneMicroseconds", schedule.OneByOneMicroseconds);
        Number(rows, "waitedSteps", schedule.WaitedStepCount);
        Number(rows, "unknownCosts", schedule.UnknownCostCount);
        rows.NeedComma();
        rows.BeginEntry("    "u8);
        rows.Layout("\"kexec\": "u8);
        rows.Json.WriteStartObject();
        WriteTimes(rows.Json, schedule.Kexec.StartMicroseconds, schedule.Kexec.Microseconds);
        rows.Json.WriteBoolean("known"u8, schedule.IsKexecKnown);
        rows.Json.WriteEndObject();
        rows.End();
        Entries(rows, "blackouts", schedule.Blackouts.Length, i => WriteBlackout(
            rows.Json, schedule.Blackouts[i]));
        Entries(rows, "longestChain", schedule.LongestChain.Length, i => WriteLink(
            rows.Json, schedule.Plan, schedule.LongestChain[i]));
        Entries(rows, "speedUps", schedule.SpeedUps.Length, i => WriteSpeedUp(
            rows.Json, schedule.Plan, schedule.SpeedUps[i]));
        if (withSteps)
        {
            foreach (Phase phase in (ReadOnlySpan<Phase>)
                [Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish])
            {
                Entries(rows, phase.Name(), schedule[phase].Length, i => WriteStep(
                    rows.Json, i, schedule[phase][i]));
            }
        }

        rows.Layout("\n  }"u8);
    }

    private static void Number(RowWriter rows, string name, long value, bool isFirst = false)
    {
        if (!isFirst)
        {
            rows.NeedComma();
        }

        rows.BeginEntry("    "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        rows.Json.WriteNumberValue(value);
        rows.End();
    }

    private static void Entries(RowWriter rows, string name, int count, Action<int> write)
    {
        rows.NeedComma();
        rows.BeginEntry("    "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": ["));
        for (int i = 0; i < count; i++)
        {
            rows.BeginEntry("      "u8);
            rows.Json.WriteStartObject();
            write(i);
            rows.Json.WriteEndObject();
            rows.End();
        }

        rows.Layout(count == 0 ? "]"u8 : "\n    ]"u8);
    }

    private static void WriteStep(Utf8JsonWriter json, int step, StepTime time)
    {
        json.WriteNumber("step"u8, step);
        WriteTimes(json, time.StartMicroseconds, time.Microseconds);
    }

    private static void WriteBlackout(Utf8JsonWriter json, GuestBlackout blackout)
    {
        json.WriteString("session"u8, blackout.Session.Text);
        json.WriteString("pause"u8, blackout.Pause);
        json.WriteString("resume"u8, blackout.Resume);
        WriteTimes(json, blackout.StartMicroseconds, blackout.Microseconds);
        json.WriteNumber("microsecondsMin"u8, blackout.MicrosecondsMin);
    }

    private static void WriteLink(Utf8JsonWriter json, Plan plan, ChainLink link)
    {
        WriteCall(json, plan, link.Call);
        if (link.Class is { } held)
        {
            json.WriteString("waitsForClass"u8, held);
        }
    }

    private static void WriteSpeedUp(Utf8JsonWriter json, Plan plan, SpeedUp speedUp)
    {
        if (speedUp.Call is { } call)
        {
            WriteCall(json, plan, call);
            json.WriteNumber("guests"u8, speedUp.Guests);
        }
        else
        {
            json.WriteString("limit"u8, speedUp.Class);
        }

        json.WriteNumber("gainMicroseconds"u8, speedUp.GainMicroseconds);
    }

    private static void WriteCall(Utf8JsonWriter json, Plan plan, ScheduledCall call)
    {
        if (call.Phase is not { } phase)
        {
            json.WriteString("call"u8, "kexec"u8);
        }
        else
        {
            json.WriteString("call"u8, phase.Name());
            json.WriteNumber("step"u8, call.FirstStep);
            WriteSteps(json, plan[phase], call);
        }

        WriteTimes(json, call.StartMicroseconds, call.Microseconds);
    }

    private static void WriteSteps(Utf8JsonWriter json, PhaseSteps steps, ScheduledCall call)
    {
        PlanStep first = steps[call.FirstStep];
        if (call.StepCount > 1)
        {
            json.WriteNumber("steps"u8, call.StepCount);
        }
        else if ((first.ActName ?? first.ObjectName) is { } name)
        {
            json.WriteString(first.ActName is null ? "object"u8 : "act"u8, name);
        }

        if (first.Session is { } session && steps[call.FirstStep + call.StepCount - 1].Session == session)
        {
            json.WriteString("session"u8, session.Text);
        }
    }

    private static void WriteTimes(Utf8JsonWriter json, long start, long microseconds)
    {
        json.WriteNumber("startMicroseconds"u8, start);
        json.WriteNumber("microseconds"u8, microseconds);
    }
}
