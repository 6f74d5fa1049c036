//- entry.c
#include <ndis.h>
#include "halt.h"

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = MPPause;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- halt.c
#include <ndis.h>

VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *attributes = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    attributes->MtuSize = 0;
}

//- halt.h
MINIPORT_HALT MPHalt;
