//- src/driver.c rule=driver-entry-signature=off rule=unload-routine-missing=off
#include <ndis.h>
#include "names.h"

static NDIS_HANDLE ProtocolHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS table;

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(DriverObject, &table);
    RtlInitUnicodeString(&table.Name, PROTOCOL_NAME);
    //                                ^^^^^^^^^^^^^ warning name-differs-from-inf: but 'Ndi\Service' and 'AddService' in proto.inx are "Proto"

    return NdisRegisterProtocolDriver(NULL, &table, &ProtocolHandle);
}
//- src/names.h
#define PROTOCOL_NAME L"MyProto"
#define NOT_USED NDIS_STATUS_SUCCESS
//- src/proto.vcxproj
<Project>
  <PropertyGroup><TargetName>proto</TargetName></PropertyGroup>
  <ItemGroup><ClCompile Include="driver.c" /><Inf Include="..\setup\proto.inx" /></ItemGroup>
</Project>
//- setup/proto.inx
[Version]
Class = NetTrans
[Install.Services]
AddService = Proto,,Service
[Install.Ndi]
HKR,Ndi,Service,,Proto
//               ^^^^^ warning name-differs-from-inf: 'Ndi\Service' is "Proto", but 'Name' in driver.c is "MyProto"
HKR,Ndi,HelpText,,"a ; is no comment here"
[Service]
ServiceBinary=%12%\proto.sys
