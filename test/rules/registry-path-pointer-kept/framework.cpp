#include <ntddk.h>
#include <wdf.h>

static UNICODE_STRING ServiceKey;

extern "C" DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    ServiceKey = *RegistryPath;
//  ^^^^^^^^^^ warning registry-path-pointer-kept: 'ServiceKey' keeps a copy of the registry path that shares its buffer, which is freed when 'DriverEntry' has returned
    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
