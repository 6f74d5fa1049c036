#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE AdapterHandle;
static NDIS_HANDLE InterruptHandle;
static NDIS_TIMER ConnectTimer;

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

static NDIS_STATUS ConnectInterrupt(VOID)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars;

    FillInterrupt(&chars);
    return NdisMRegisterInterruptEx(AdapterHandle, NULL, &chars, &InterruptHandle);
}

static VOID ConnectLater(PVOID SystemSpecific1, PVOID Context, PVOID SystemSpecific2, PVOID SystemSpecific3)
{
    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(SystemSpecific2);
    UNREFERENCED_PARAMETER(SystemSpecific3);
    if (!NT_SUCCESS(ConnectInterrupt())) {
        DbgPrint("no interrupt\n");
    }
}

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportHandle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    AdapterHandle = MiniportHandle;
    SetAttributes(MiniportHandle);
    NdisInitializeTimer(&ConnectTimer, ConnectLater, NULL);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS MPRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
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
