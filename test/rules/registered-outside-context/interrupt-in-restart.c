// example: The interrupt is registered when the adapter restarts
#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE AdapterHandle;
static NDIS_HANDLE InterruptHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE MPInitialize;
MINIPORT_RESTART MPRestart;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.RestartHandler = MPRestart;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportHandle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    AdapterHandle = MiniportHandle;
    return SetAttributes(MiniportHandle);
}

NDIS_STATUS MPRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    FillInterrupt(&chars);
    return NdisMRegisterInterruptEx(AdapterHandle, NULL, &chars, &InterruptHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-outside-context: 'NdisMRegisterInterruptEx' belongs in MiniportInitializeEx, not in 'MPRestart'
}

VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
    NdisMDeregisterInterruptEx(InterruptHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
