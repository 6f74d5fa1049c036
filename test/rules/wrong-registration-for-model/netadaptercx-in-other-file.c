//- entry.c
#include <ndis.h>
#include <wdf.h>

NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FillCharacteristics(&chars);
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-registration-for-model: 'NdisMRegisterMiniportDriver' must not be called by a driver that calls 'NetAdapterCreate'
}

//- device.c
#include <wdf.h>
#include <netadaptercx.h>

NTSTATUS EvtDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    NETADAPTER_INIT *init = NetAdapterInitAllocate(DeviceInit);
    NETADAPTER adapter;

    UNREFERENCED_PARAMETER(Driver);
    return NetAdapterCreate(init, WDF_NO_OBJECT_ATTRIBUTES, &adapter);
}
