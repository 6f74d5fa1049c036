//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = MPPause;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- pause.c
#include <ndis.h>

MINIPORT_PAUSE MPPause;
VOID ReadSettings(NDIS_HANDLE Context);

static VOID StopQueues(NDIS_HANDLE Context)
{
    ReadSettings(Context);
//  ^^^^^^^^^^^^ warning init-code-used-later: 'ReadSettings' is in the INIT section, but 'StopQueues' is called later from 'MPPause', the 'PauseHandler'
}

NDIS_STATUS MPPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(PauseParameters);
    StopQueues(MiniportAdapterContext);
    return NDIS_STATUS_SUCCESS;
}

//- settings.c
#include <ndis.h>

VOID ReadSettings(NDIS_HANDLE Context);

#pragma alloc_text(INIT, ReadSettings)

VOID ReadSettings(NDIS_HANDLE Context)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES *attributes = Context;

    attributes->MtuSize = 1500;
}
