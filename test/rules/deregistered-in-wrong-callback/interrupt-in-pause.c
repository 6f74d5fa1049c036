#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE InterruptHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE MPInitialize;
MINIPORT_PAUSE MPPause;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.PauseHandler = MPPause;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportHandle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    SetAttributes(MiniportHandle);
    FillInterrupt(&chars);
    return NdisMRegisterInterruptEx(MiniportHandle, NULL, &chars, &InterruptHandle);
}

NDIS_STATUS MPPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    if (InterruptHandle == NULL) {
        goto Exit;
    }
    NdisMDeregisterInterruptEx(InterruptHandle);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning deregistered-in-wrong-callback: 'NdisMDeregisterInterruptEx' must not be called from 'MPPause', a handler in 'PauseHandler'
    InterruptHandle = NULL;
Exit:
    return NDIS_STATUS_SUCCESS;
}

VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
